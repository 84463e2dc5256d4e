namespace Reeve.Audit;

/// <summary>A list of UTF-8 values of an <see cref="AuditEvent"/>; valid as long as the event is.</summary>
public readonly ref struct Utf8List
{
    private readonly AuditEvent _event;
    private readonly ReadOnlySpan<Slice> _slices;

    internal Utf8List(AuditEvent auditEvent, ReadOnlySpan<Slice> slices)
    {
        _event = auditEvent;
        _slices = slices;
    }

    /// <summary>The number of values.</summary>
    public int Count => _slices.Length;

    /// <summary>The value at a 0-based position.</summary>
    public ReadOnlySpan<byte> this[int index] => _event.Bytes(_slices[index]);

    /// <summary>Whether a value is among them, byte for byte.</summary>
    public bool Contains(ReadOnlySpan<byte> value)
    {
        foreach (var item in this)
        {
            if (item.SequenceEqual(value))
                return true;
        }

        return false;
    }

    /// <summary>Goes through the values in their order.</summary>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>The position in a <see cref="Utf8List"/>.</summary>
    public ref struct Enumerator
    {
        private readonly Utf8List _list;
        private int _index;

        internal Enumerator(Utf8List list)
        {
            _list = list;
            _index = -1;
        }

        /// <summary>The value at the position.</summary>
        public readonly ReadOnlySpan<byte> Current => _list[_index];

        /// <summary>Goes to the next value; false after the last.</summary>
        public bool MoveNext() => ++_index < _list.Count;
    }
}
