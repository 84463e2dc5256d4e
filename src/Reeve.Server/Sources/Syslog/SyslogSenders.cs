using System.Text;

namespace Reeve.Server.Sources.Syslog;

/// <summary>
/// The hosts and programs heard on one connection: a relay sends for many. Bounded: past the bound all are forgotten and
/// looked up again. Not thread-safe.
/// </summary>
/// <param name="peer">Who is at the other end.</param>
/// <param name="identify">What is stamped on the records of a sender.</param>
/// <param name="version">Changes when <paramref name="identify"/> may answer otherwise than before.</param>
internal sealed class SyslogSenders(Sender peer, Func<Sender, SourceIdentity> identify, Func<long> version)
{
    private const int Most = 4_096;
    private const int LongestKey = 512;

    private readonly Dictionary<string, SyslogSender> _senders = new(StringComparer.Ordinal);
    private SyslogSender? _anonymous;
    private long _version;

    /// <summary>The sender that a header names.</summary>
    public SyslogSender Of(ReadOnlySpan<byte> frame, SyslogHeader header)
    {
        if (version() is var current && current != _version)
            IdentifyAgain(current);
        if (header.IsAnonymous)
            return _anonymous ??= new(identify(peer));
        // A name takes no line break, so that no two pairs make the same key.
        Span<char> key = stackalloc char[LongestKey];
        var host = Encoding.UTF8.GetChars(frame[header.Host], key);
        key[host] = '\n';
        var tag = Encoding.UTF8.GetChars(frame[header.Tag], key[(host + 1)..]);
        key = key[..(host + 1 + tag)];
        var known = _senders.GetAlternateLookup<ReadOnlySpan<char>>();
        if (known.TryGetValue(key, out var sender))
            return sender;
        if (_senders.Count >= Most)
            _senders.Clear();
        return known[key] = new(identify(peer with { Host = key[..host].ToString(), Tag = key[(host + 1)..].ToString() }));
    }

    private void IdentifyAgain(long current)
    {
        _version = current;
        foreach (var sender in _senders.Values.Append(_anonymous).OfType<SyslogSender>())
            sender.Identity = identify(sender.Identity.Sender);
    }
}

/// <summary>A host and program on one connection.</summary>
/// <param name="identity">What is stamped on its records.</param>
internal sealed class SyslogSender(SourceIdentity identity)
{
    /// <summary>What is stamped on its records.</summary>
    public SourceIdentity Identity { get; set; } = identity;

    /// <summary>The size of its last frame where that was cut, so that the next one may be its rest; else 0.</summary>
    public long CutAt { get; set; }
}
