using Microsoft.AspNetCore.WebUtilities;
using Reeve.Audit.Findings;
using Reeve.Server.Alerts;
using Reeve.Server.Ui.Time;

namespace Reeve.Server.Ui.Alerts;

/// <summary>Everything the Alerts page shows, as its address says it: sharing the address shares the page.</summary>
public sealed record AlertsAddress : IRangeAddress
{
    /// <summary>The path of the page.</summary>
    public const string Path = "/alerts";

    // What rules merely take note of is left out unless asked for: it waits for nobody.
    private const FindingLevel LeastUnlessChosen = FindingLevel.Low;

    /// <summary>Only open ones, or only closed ones; null for both.</summary>
    public bool? IsOpen { get; init; } = true;

    /// <summary>The least level; low unless chosen.</summary>
    public FindingLevel MinLevel { get; init; } = LeastUnlessChosen;

    /// <summary>The time range. All of it unless chosen: what waits for somebody does not vanish with time.</summary>
    public TimeSelection Time { get; init; } = new TimeSelection.All();

    /// <summary>Times in the browser's zone instead of UTC.</summary>
    public bool LocalTime { get; init; }

    /// <summary>The one cluster that is shown; null for all.</summary>
    public string? Cluster { get; init; }

    /// <summary>The title of the one rule that is shown; null for all.</summary>
    public string? Rule { get; init; }

    /// <summary>What stands in the alerts' texts; empty for anything.</summary>
    public string Text { get; init; } = "";

    /// <summary>The alert opened in the panel; null while none is.</summary>
    public string? AlertId { get; init; }

    /// <summary>Reads an address; unknown parameters are ignored, values that cannot be read are the defaults.</summary>
    public static AlertsAddress Parse(string address)
    {
        var start = address.IndexOf('?');
        var values = QueryHelpers.ParseQuery(start < 0 ? "" : address[start..].Split('#')[0]);
        string? Value(string name) => values.TryGetValue(name, out var found) && found[0] is { Length: > 0 } text ? text : null;
        return new AlertsAddress
        {
            IsOpen = Value("state") switch { "closed" => false, "all" => null, _ => true },
            MinLevel = FindingLevels.TryParse(Value("level"), out var level) ? level : LeastUnlessChosen,
            Time = Value("from") is { } from ? TimeSelection.Parse(from, Value("to")) : new TimeSelection.All(),
            LocalTime = Value("tz") == "local",
            Cluster = Value("cluster"),
            Rule = Value("rule"),
            Text = Value("q") ?? "",
            AlertId = Value("alert"),
        };
    }

    /// <inheritdoc/>
    public string With(TimeSelection time) => (this with { Time = time }).ToString();

    /// <inheritdoc/>
    public string With(bool localTime) => (this with { LocalTime = localTime }).ToString();

    /// <summary>What to list at a time.</summary>
    internal AlertQuery Query(DateTimeOffset now)
    {
        var (from, to) = Time.At(now);
        return new AlertQuery { IsOpen = IsOpen, MinLevel = MinLevel, Cluster = Cluster, Rule = Rule, Text = Text.Length > 0 ? Text : null, From = from, To = to };
    }

    /// <summary>The address.</summary>
    public override string ToString()
    {
        var (from, to) = Time is TimeSelection.All ? (null, null) : Time.Address();
        var values = new (string Name, string? Value)[]
        {
            ("state", IsOpen switch { true => null, false => "closed", null => "all" }),
            ("level", MinLevel == LeastUnlessChosen ? null : MinLevel.ToName()),
            // The default of other pages stands for nothing there.
            ("from", from ?? (Time is TimeSelection.Last ? "-24h" : null)), ("to", to), ("tz", LocalTime ? "local" : null),
            ("cluster", Cluster), ("rule", Rule), ("q", Text.Length > 0 ? Text : null), ("alert", AlertId),
        };
        var query = string.Join('&', values.Where(pair => pair.Value is not null).Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value!)}"));
        return query.Length == 0 ? Path : $"{Path}?{query}";
    }
}
