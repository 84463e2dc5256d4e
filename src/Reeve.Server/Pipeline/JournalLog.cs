using Microsoft.Extensions.Logging;
using Reeve.Journaling;

namespace Reeve.Server.Pipeline;

/// <summary>Writes what an operator should know about the journal to the log. Thread-safe.</summary>
internal sealed partial class JournalLog(ILogger<JournalLog> log) : IJournalObserver
{
    /// <inheritdoc/>
    public void Blocked(JournalBlock block) => LogBlocked(block.Message);

    /// <inheritdoc/>
    public void Unblocked(JournalBlock block) => LogUnblocked();

    /// <inheritdoc/>
    public void Damaged(JournalDamage damage) =>
        LogDamaged(damage.Segment, damage.Offset, damage.Bytes, damage.Missing.End - damage.Missing.First, damage.Missing.First);

    /// <inheritdoc/>
    public void Rewritten(string failedSegment, string error) => LogRewritten(failedSegment, error);

    /// <inheritdoc/>
    public void CursorLost(string consumer) => LogCursorLost(consumer);

    [LoggerMessage(1, LogLevel.Error, "Nothing more is accepted for now: {Reason}. What was acknowledged is safe; reading goes on by itself")]
    private partial void LogBlocked(string reason);

    [LoggerMessage(2, LogLevel.Information, "The journal has room again; reading goes on")]
    private partial void LogUnblocked();

    [LoggerMessage(3, LogLevel.Error, "{Segment} is damaged at byte {Offset} ({Bytes} bytes): {Entries} entries from {First} on are lost")]
    private partial void LogDamaged(string segment, long offset, long bytes, ulong entries, ulong first);

    [LoggerMessage(4, LogLevel.Warning, "{Segment} could not be fsynced ({Error}); its last entries were written again elsewhere")]
    private partial void LogRewritten(string segment, string error);

    [LoggerMessage(5, LogLevel.Error, "The cursor of {Consumer} is damaged; it begins again at the oldest entry")]
    private partial void LogCursorLost(string consumer);
}
