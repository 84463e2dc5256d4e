using System.Runtime.InteropServices;

namespace Reeve.Journaling;

/// <summary>A journal at one moment, for metrics and the health page.</summary>
public sealed record JournalStatus
{
    /// <summary>Bytes of all segments.</summary>
    public required long Bytes { get; init; }

    /// <summary>How many segments there are.</summary>
    public required int Segments { get; init; }

    /// <summary>The first sequence still present.</summary>
    public required ulong OldestSequence { get; init; }

    /// <summary>Every entry below is fsynced.</summary>
    public required ulong DurableEnd { get; init; }

    /// <summary>The number the next entry gets.</summary>
    public required ulong NextSequence { get; init; }

    /// <summary>Bytes taken by appends and not yet durable.</summary>
    public required long PendingBytes { get; init; }

    /// <summary>How long the last write and fdatasync of a group took.</summary>
    public required TimeSpan LastSync { get; init; }

    /// <summary>Why appends wait; null while they do not.</summary>
    public required JournalBlock? Blocked { get; init; }

    /// <summary>Bytes of segments found unreadable since the journal was opened.</summary>
    public required long DamagedBytes { get; init; }

    /// <summary>Sequence numbers that could not be read because of that.</summary>
    public required ulong DamagedEntries { get; init; }

    /// <summary>Every consumer and the sequence it reads next.</summary>
    public required IReadOnlyDictionary<string, ulong> Consumers { get; init; }
}

/// <summary>What appends wait for.</summary>
public enum JournalBlockReason
{
    /// <summary>The disk or a quota on it is full.</summary>
    DiskFull,

    /// <summary>The disk answers with errors.</summary>
    DiskError,

    /// <summary>The journal holds as much as <see cref="JournalOptions.MaxBytes"/> allows; a consumer lags.</summary>
    Budget,
}

/// <summary>A wait for room that began.</summary>
/// <param name="Reason">What is waited for.</param>
/// <param name="FreeBytes">Bytes free on the disk or left of the budget; negative where that is unknown.</param>
/// <param name="NeededBytes">Bytes the next write needs.</param>
/// <param name="Message">One line for a person: what, where, what to do.</param>
public sealed record JournalBlock(JournalBlockReason Reason, long FreeBytes, long NeededBytes, string Message);

/// <summary>A part of the journal that cannot be read.</summary>
/// <param name="Segment">The segment's path.</param>
/// <param name="Offset">Where in it the damage begins.</param>
/// <param name="Bytes">How many bytes were passed over; 0 where entries are simply absent.</param>
/// <param name="Missing">The sequences that are lost; empty where the damage covers no entry.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct JournalDamage(string Segment, long Offset, long Bytes, JournalRange Missing);
