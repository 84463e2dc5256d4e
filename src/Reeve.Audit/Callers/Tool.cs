namespace Reeve.Audit.Callers;

/// <summary>
/// The program behind a user agent, and its version. The client writes it as it likes: it is a hint, never proof. Valid as
/// long as the user agent is.
/// </summary>
public readonly ref struct Tool
{
    private Tool(ReadOnlySpan<byte> name, ReadOnlySpan<byte> version)
    {
        Name = name;
        Version = version;
    }

    /// <summary>The program's name; empty where the user agent is.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>The version as the program writes it, like <c>v1.33.1</c>; empty where it says none.</summary>
    public ReadOnlySpan<byte> Version { get; }

    /// <summary>
    /// The first product of a user agent, UTF-8 (RFC 9110 §10.1.5): <c>kubectl/v1.33.1 (linux/amd64) kubernetes/8adc0f0</c> →
    /// kubectl v1.33.1; unless <see cref="ToolTable"/> knows the agent better. Does not allocate.
    /// </summary>
    public static Tool Of(ReadOnlySpan<byte> agent)
    {
        agent = agent.TrimStart((byte)' ');
        foreach (var row in ToolTable.Rows)
        {
            if (agent.StartsWith(row.BeginsBytes) && agent.IndexOf(row.HoldsBytes) >= 0)
                return new Tool(row.NameBytes, VersionAfter(agent, row.VersionAfterBytes));
        }

        var end = agent.IndexOfAny((byte)' ', (byte)'(');
        var product = end < 0 ? agent : agent[..end];
        var slash = product.IndexOf((byte)'/');
        if (slash <= 0)
            return new Tool(Program(product), default);
        return new Tool(Program(product[..slash]), product[(slash + 1)..]);
    }

    private static ReadOnlySpan<byte> VersionAfter(ReadOnlySpan<byte> agent, ReadOnlySpan<byte> marker)
    {
        var at = agent.IndexOf(marker);
        if (at < 0 || marker.IsEmpty)
            return default;
        var rest = agent[(at + marker.Length)..];
        var end = rest.IndexOfAny(" ();/"u8);
        return end < 0 ? rest : rest[..end];
    }

    // client-go names the program by its file, which on Windows ends so.
    private static ReadOnlySpan<byte> Program(ReadOnlySpan<byte> name) =>
        name.Length > 4 && name.EndsWith(".exe"u8) ? name[..^4] : name;
}
