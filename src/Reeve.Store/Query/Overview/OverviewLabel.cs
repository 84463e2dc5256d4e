namespace Reeve.Store.Query.Overview;

/// <summary>What a row of a panel is called.</summary>
internal static class OverviewLabel
{
    private const string None = "(none)";

    /// <summary>One line for people.</summary>
    public static string Of(OverviewCounted counted) => counted.Dimension switch
    {
        OverviewDimension.Secret => Secret(Text(counted.Value), Text(counted.Second)),
        OverviewDimension.Interactive => $"{Named(Text(counted.Value))} by {Named(Text(counted.Second))}",
        _ => Named(Text(Values(counted)[0])),
    };

    /// <summary>The values alone.</summary>
    public static IReadOnlyList<string> Values(OverviewCounted counted) => counted.Dimension switch
    {
        OverviewDimension.Secret or OverviewDimension.Interactive => [counted.Value, counted.Second],
        OverviewDimension.Tool when counted.Value.Length > 1 => [counted.Value.TrimEnd('/')],
        OverviewDimension.Denied or OverviewDimension.Unauthenticated when counted.Value == OverviewFilters.NoAddress => [""],
        _ => [counted.Value],
    };

    private static string Secret(string place, string name) => (place, name) switch
    {
        ("", "") => "all namespaces (no name)",
        (_, "") => $"{place} (no name)",
        _ => $"{place}/{name}",
    };

    private static string Named(string text) => text.Length == 0 ? None : text;

    private static string Text(string value) => OverviewCounted.IsBeginning(value) ? value + "…" : value;
}
