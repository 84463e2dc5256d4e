using System.Buffers;
using System.Runtime.InteropServices;
using Reeve.Audit;

namespace Reeve.Server.Pipeline.Findings;

/// <summary>An event that is looked at when more of the journal was read.</summary>
/// <param name="Sequence">Its sequence.</param>
/// <param name="Context">What is known of it.</param>
/// <param name="Lane">The id of its lane.</param>
/// <param name="Raw">Its JSON.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WaitingEntry(ulong Sequence, EventContext Context, int Lane, ReadOnlyMemory<byte> Raw);

/// <summary>
/// Events that are no answers and need no look where their answer is read soon after, as nearly always: whose request was answered is known
/// by its key. Not thread-safe.
/// </summary>
internal sealed class WaitingEntries
{
    private const int LongestKept = 8 << 10;
    private const int MostBytes = 8 << 20;

    private readonly ArrayBufferWriter<byte> _bytes = new(1 << 20);
    private readonly List<(ulong Sequence, EventContext Context, int Lane, Range Raw)> _entries = [];

    /// <summary>Keeps an event; false where there is no room.</summary>
    public bool TryKeep(ulong sequence, EventContext context, int lane, ReadOnlySpan<byte> raw)
    {
        if (raw.Length > LongestKept || _bytes.WrittenCount + raw.Length > MostBytes)
            return false;
        var begin = _bytes.WrittenCount;
        _bytes.Write(raw);
        _entries.Add((sequence, context, lane, begin.._bytes.WrittenCount));
        return true;
    }

    /// <summary>Those whose requests are not among <paramref name="answered"/>; valid until <see cref="Clear"/>.</summary>
    public IEnumerable<WaitingEntry> Except(IReadOnlySet<UInt128> answered)
    {
        foreach (var (sequence, context, lane, raw) in _entries)
        {
            if (!answered.Contains(context.RequestKey))
                yield return new(sequence, context, lane, _bytes.WrittenMemory[raw]);
        }
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _bytes.ResetWrittenCount();
        _entries.Clear();
    }
}
