namespace Reeve.Server.Sources.Files;

/// <summary>What a line is in JSON that was written over several lines.</summary>
internal enum JsonLineKind
{
    /// <summary>No part of it.</summary>
    None,

    /// <summary>Indented, or empty.</summary>
    Inner,

    /// <summary>Begins with the closing bracket.</summary>
    Closing,
}

/// <summary>Tells JSON over several lines, as programs print it for people, from a log with one event a line.</summary>
internal static class JsonLines
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Whether a line holds an opening bracket at its very beginning and nothing else.</summary>
    public static bool IsOpening(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith(ByteOrderMark))
            line = line[ByteOrderMark.Length..];
        return line.TrimEnd(" \t\r"u8) is [(byte)'{' or (byte)'['] && line[0] is (byte)'{' or (byte)'[';
    }

    /// <summary>What a line behind an opening one is.</summary>
    public static JsonLineKind KindOf(ReadOnlySpan<byte> line) => line switch
    {
        [] or [(byte)' ' or (byte)'\t' or (byte)'\r', ..] => JsonLineKind.Inner,
        [(byte)'}' or (byte)']', ..] => JsonLineKind.Closing,
        _ => JsonLineKind.None,
    };
}
