namespace Reeve.Store.ClickHouse;

/// <summary>Literals of ClickHouse's SQL.</summary>
internal static class SqlText
{
    /// <summary>A string literal that holds exactly this text.</summary>
    public static string Quote(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    /// <summary>A quoted identifier.</summary>
    public static string Identifier(string name) =>
        $"`{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal)}`";
}
