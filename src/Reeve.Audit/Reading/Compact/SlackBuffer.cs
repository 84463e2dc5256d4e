using System.Runtime.InteropServices;

namespace Reeve.Audit.Reading.Compact;

/// <summary>
/// Gives bytes the room behind them that the fast way looks at: as they are where there is room, else a copy, which is
/// valid until the next call. Not thread-safe.
/// </summary>
internal sealed class SlackBuffer
{
    private const int Smallest = 4096;
    private const int Kept = 1 << 20;

    private byte[] _copy = [];

    /// <summary>The same bytes with <see cref="CompactBytes.Slack"/> bytes behind them.</summary>
    public ArraySegment<byte> Hold(ReadOnlyMemory<byte> bytes)
    {
        if (MemoryMarshal.TryGetArray(bytes, out var held) && held.Array!.Length - held.Offset - held.Count >= CompactBytes.Slack)
            return held;
        var room = bytes.Length + CompactBytes.Slack;
        if (_copy.Length < room || (_copy.Length > Kept && room < Kept))
            _copy = new byte[Math.Max(Smallest, room)];
        bytes.CopyTo(_copy);
        return new(_copy, 0, bytes.Length);
    }
}
