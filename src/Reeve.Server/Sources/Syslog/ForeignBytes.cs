namespace Reeve.Server.Sources.Syslog;

/// <summary>Recognises what is sent to a syslog port and is not syslog as text.</summary>
internal static class ForeignBytes
{
    // RFC 1950 §2.2: 0x78 is deflate with a window of 32 KiB; the second byte goes with the level.
    private static readonly byte[][] Zlib = [[0x78, 0x01], [0x78, 0x5E], [0x78, 0x9C], [0x78, 0xDA]];

    // What a connection can begin with but no frame later: text that goes on after a cut may look like some of these.
    private static readonly (byte[] Bytes, SyslogFault Fault)[] AtFirst =
    [
        .. Zlib.Select(bytes => (bytes, SyslogFault.Compressed)),
        ([0x1F, 0x8B], SyslogFault.Compressed),
        ([0x28, 0xB5, 0x2F, 0xFD], SyslogFault.Compressed),
        ([0x16, 0x03], SyslogFault.Tls),
    ];

    // rsyslog's @@(z9)host puts a z before each compressed message.
    private static readonly (byte[] Bytes, SyslogFault Fault)[] Always =
        [.. Zlib.Select(bytes => ((byte[])[(byte)'z', .. bytes], SyslogFault.Compressed))];

    /// <summary>What <paramref name="bytes"/> begin with.</summary>
    /// <returns>Null where it is nothing foreign; <see cref="SyslogFault.None"/> where only more bytes can tell.</returns>
    public static SyslogFault? Recognise(ReadOnlySpan<byte> bytes, bool isFirst)
    {
        var found = Recognise(bytes, Always);
        return isFirst && found is null ? Recognise(bytes, AtFirst) : found;
    }

    private static SyslogFault? Recognise(ReadOnlySpan<byte> bytes, (byte[] Bytes, SyslogFault Fault)[] beginnings)
    {
        SyslogFault? found = null;
        foreach (var (beginning, fault) in beginnings)
        {
            if (bytes.StartsWith(beginning))
                return fault;
            if (bytes.Length < beginning.Length && beginning.AsSpan().StartsWith(bytes))
                found = SyslogFault.None;
        }

        return found;
    }
}
