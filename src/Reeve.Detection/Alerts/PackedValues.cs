using System.Buffers.Binary;
using System.Text;

namespace Reeve.Detection.Alerts;

/// <summary>
/// The values of an alert's fields, each once and not more than some of each field, in one array: most alerts are never read, and thousands
/// are open. Not thread-safe.
/// </summary>
internal struct PackedValues
{
    // More tell nobody anything.
    private const int MostOfField = 20;

    // The field's number and the value's length.
    private const int Head = 8;

    private byte[]? _bytes;
    private int _used;

    private readonly ReadOnlySpan<byte> All => _bytes.AsSpan(0, _used);

    /// <summary>Forgets them and keeps the room.</summary>
    public void Clear() => _used = 0;

    /// <summary>Adds a value, UTF-8.</summary>
    public void Add(int field, ReadOnlySpan<byte> value)
    {
        var count = 0;
        for (var rest = All; !rest.IsEmpty;)
        {
            var own = Next(ref rest, out var known);
            if (own != field)
                continue;
            if (++count == MostOfField || known.SequenceEqual(value))
                return;
        }

        var needed = _used + Head + value.Length;
        if (_bytes is null || _bytes.Length < needed)
            Array.Resize(ref _bytes, Math.Max(needed, _used * 2));
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(_used), field);
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(_used + 4), value.Length);
        value.CopyTo(_bytes.AsSpan(_used + Head));
        _used = needed;
    }

    /// <summary>Adds those of an event, which are mostly the same as before.</summary>
    public void Add(in PackedValues others)
    {
        if (_used == 0)
            (_bytes, _used) = (others.All.ToArray(), others._used);
        if (All.SequenceEqual(others.All))
            return;
        for (var rest = others.All; !rest.IsEmpty;)
        {
            var field = Next(ref rest, out var value);
            Add(field, value);
        }
    }

    /// <summary>Them as texts, by the names of their fields.</summary>
    public readonly OrderedDictionary<string, List<string>> Read(FieldNames names)
    {
        var read = new OrderedDictionary<string, List<string>>(StringComparer.Ordinal);
        for (var rest = All; !rest.IsEmpty;)
        {
            var name = names[Next(ref rest, out var value)];
            if (!read.TryGetValue(name, out var values))
                read.Add(name, values = []);
            values.Add(Encoding.UTF8.GetString(value));
        }

        return read;
    }

    private static int Next(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> value)
    {
        var field = BinaryPrimitives.ReadInt32LittleEndian(rest);
        value = rest.Slice(Head, BinaryPrimitives.ReadInt32LittleEndian(rest[4..]));
        rest = rest[(Head + value.Length)..];
        return field;
    }
}
