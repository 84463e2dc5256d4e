using Microsoft.AspNetCore.WebUtilities;
using Reeve.Server.Ui.Time;

namespace Reeve.Server.Ui.Overview;

/// <summary>Everything the Overview shows, as its address says it: sharing the address shares the page.</summary>
public sealed record OverviewAddress : IRangeAddress
{
    /// <summary>The path of the page.</summary>
    public const string Path = "/overview";

    /// <summary>The time range.</summary>
    public TimeSelection Time { get; init; } = TimeSelection.Default;

    /// <summary>Times in the browser's zone instead of UTC.</summary>
    public bool LocalTime { get; init; }

    /// <summary>The one cluster that is shown; null for all.</summary>
    public string? Cluster { get; init; }

    /// <summary>Whose changes are shown; null where the page chooses.</summary>
    public string? Actor { get; init; }

    /// <summary>Reads an address; unknown parameters are ignored, values that cannot be read are the defaults.</summary>
    public static OverviewAddress Parse(string address)
    {
        var start = address.IndexOf('?');
        var values = QueryHelpers.ParseQuery(start < 0 ? "" : address[start..].Split('#')[0]);
        string? Value(string name) => values.TryGetValue(name, out var found) && found[0] is { Length: > 0 } text ? text : null;
        return new OverviewAddress
        {
            Time = TimeSelection.Parse(Value("from"), Value("to")),
            LocalTime = Value("tz") == "local",
            Cluster = Value("cluster"),
            Actor = Value("actor"),
        };
    }

    /// <inheritdoc/>
    public string With(TimeSelection time) => (this with { Time = time }).ToString();

    /// <inheritdoc/>
    public string With(bool localTime) => (this with { LocalTime = localTime }).ToString();

    /// <summary>Whether the two show the same numbers; the time zone does not matter.</summary>
    public bool SameFigures(OverviewAddress other) => this == other with { LocalTime = LocalTime };

    /// <summary>The address.</summary>
    public override string ToString()
    {
        var (from, to) = Time.Address();
        var values = new (string Name, string? Value)[]
        {
            ("from", from), ("to", to), ("tz", LocalTime ? "local" : null), ("cluster", Cluster), ("actor", Actor),
        };
        var query = string.Join('&', values.Where(pair => pair.Value is not null).Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value!)}"));
        return query.Length == 0 ? Path : $"{Path}?{query}";
    }
}
