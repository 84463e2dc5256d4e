using System.Globalization;

namespace Reeve.Journaling.Segments;

/// <summary>
/// One file of the journal. It holds the sequences from <see cref="First"/> up to <see cref="End"/>, the next segment's
/// first; frames in it from there on are leftovers of a failed write and do not count. Thread-safe.
/// </summary>
internal sealed class Segment(string folder, ulong first)
{
    private const string Extension = ".seg";

    private long _length;
    private ulong _end = ulong.MaxValue;

    public ulong First { get; } = first;

    public string Path { get; } = System.IO.Path.Combine(folder, first.ToString("D20", CultureInfo.InvariantCulture) + Extension);

    /// <summary>Bytes that are durable and will not change.</summary>
    public long Length
    {
        get => Volatile.Read(ref _length);
        set => Volatile.Write(ref _length, value);
    }

    /// <summary>The sequence after its last; the highest number while it is the last segment.</summary>
    public ulong End
    {
        get => Volatile.Read(ref _end);
        set => Volatile.Write(ref _end, value);
    }

    /// <summary>The first sequence a file's name tells; null where it is no segment.</summary>
    public static ulong? FirstOf(string name) =>
        name.Length == 20 + Extension.Length
        && name.EndsWith(Extension, StringComparison.Ordinal)
        && ulong.TryParse(name.AsSpan(0, 20), NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            ? first
            : null;
}
