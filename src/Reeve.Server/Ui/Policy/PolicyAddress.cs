using Microsoft.AspNetCore.WebUtilities;
using Reeve.Server.Ui.Time;

namespace Reeve.Server.Ui.Policy;

/// <summary>What the Policy page shows beside the editor, as its address says it. The policy itself never leaves the browser with an address.</summary>
public sealed record PolicyAddress : IRangeAddress
{
    /// <summary>The path of the page.</summary>
    public const string Path = "/policy";

    /// <summary>Which tab is open.</summary>
    public PolicyTab Tab { get; init; } = PolicyTab.Explain;

    /// <summary>The time of the traffic.</summary>
    public TimeSelection Time { get; init; } = TimeSelection.Default;

    /// <summary>Times in the browser's zone instead of UTC.</summary>
    public bool LocalTime { get; init; }

    /// <summary>The one cluster whose traffic counts; null for all.</summary>
    public string? Cluster { get; init; }

    /// <summary>Reads an address; unknown parameters are ignored, values that cannot be read are the defaults.</summary>
    public static PolicyAddress Parse(string address)
    {
        var start = address.IndexOf('?');
        var values = QueryHelpers.ParseQuery(start < 0 ? "" : address[start..].Split('#')[0]);
        string? Value(string name) => values.TryGetValue(name, out var found) && found[0] is { Length: > 0 } text ? text : null;
        return new PolicyAddress
        {
            Tab = Enum.GetValues<PolicyTab>().FirstOrDefault(tab => Name(tab) == Value("tab")),
            Time = TimeSelection.Parse(Value("from"), Value("to")),
            LocalTime = Value("tz") == "local",
            Cluster = Value("cluster"),
        };
    }

    /// <inheritdoc/>
    public string With(TimeSelection time) => (this with { Time = time }).ToString();

    /// <inheritdoc/>
    public string With(bool localTime) => (this with { LocalTime = localTime }).ToString();

    /// <summary>The address.</summary>
    public override string ToString()
    {
        var (from, to) = Time.Address();
        var values = new (string Name, string? Value)[]
        {
            ("tab", Tab == PolicyTab.Explain ? null : Name(Tab)), ("from", from), ("to", to), ("tz", LocalTime ? "local" : null), ("cluster", Cluster),
        };
        var query = string.Join('&', values.Where(pair => pair.Value is not null).Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value!)}"));
        return query.Length == 0 ? Path : $"{Path}?{query}";
    }

    private static string Name(PolicyTab tab) => tab.ToString().ToLowerInvariant();
}

/// <summary>What is asked of the policy.</summary>
public enum PolicyTab
{
    /// <summary>Which rule decides a request.</summary>
    Explain,

    /// <summary>What it would record.</summary>
    Traffic,

    /// <summary>Which detection rules it blinds.</summary>
    Coverage,

    /// <summary>Which policy would be better.</summary>
    Suggest,
}
