using System.Collections.Frozen;

namespace Reeve.Server.Sources.Syslog;

/// <summary>The sizes at which syslog daemons cut a frame, header included, and the setting that does it.</summary>
internal static class MessageLimits
{
    private const string Rsyslog = "rsyslog's $MaxMessageSize";
    private const string Either = "rsyslog's $MaxMessageSize or syslog-ng's log-msg-size()";

    // rsyslog's default is 8,096 (runtime/rsconf.c), whatever its documentation says; syslog-ng's is 65,536.
    private static readonly FrozenDictionary<long, string> Settings = new Dictionary<long, string>
    {
        [8_096] = Rsyslog,
        [8_192] = Either,
        [16_384] = Either,
        [32_768] = Either,
        [65_535] = Either,
        [65_536] = Either,
        [131_072] = Either,
    }.ToFrozenDictionary();

    /// <summary>The setting that is likely to have cut a frame of this size; null where none is known.</summary>
    public static string? SettingOf(long frameLength) => Settings.GetValueOrDefault(frameLength);
}
