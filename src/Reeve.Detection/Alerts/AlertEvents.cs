using System.Collections;
using Reeve.Detection.Correlation;

namespace Reeve.Detection.Alerts;

/// <summary>The events that an alert lists, unpacked one by one as they are read; it grows with the alert. Not thread-safe.</summary>
internal sealed class AlertEvents : IReadOnlyList<EventReference>
{
    private byte[][] _packed = [];

    /// <inheritdoc/>
    public int Count { get; private set; }

    /// <inheritdoc/>
    public EventReference this[int index] => PackedEvent.Unpack(At(index));

    /// <summary>One of them, not unpacked.</summary>
    public byte[] At(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return _packed[index];
    }

    /// <summary>Adds one at the end.</summary>
    public void Add(byte[] packed)
    {
        if (Count == _packed.Length)
            Array.Resize(ref _packed, Math.Max(1, Count * 2));
        _packed[Count++] = packed;
    }

    /// <inheritdoc/>
    public IEnumerator<EventReference> GetEnumerator() => new Enumerator(this);

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // Whoever skips some does not unpack them.
    private sealed class Enumerator(AlertEvents events) : IEnumerator<EventReference>
    {
        private int _at = -1;

        public EventReference Current => events[_at];

        object IEnumerator.Current => Current;

        public bool MoveNext() => ++_at < events.Count;

        public void Reset() => _at = -1;

        public void Dispose()
        {
        }
    }
}
