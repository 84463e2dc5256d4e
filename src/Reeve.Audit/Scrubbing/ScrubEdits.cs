using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Reeve.Audit.Scrubbing;

/// <summary>A range of a record that becomes a fingerprint.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="End">Behind its last byte.</param>
/// <param name="Fingerprint">The first 64 bits of the HMAC of the value.</param>
/// <param name="Length">The length written behind it; -1 for a value of its own, which is written without.</param>
/// <param name="Quotes">How deep in strings the quotes are that it needs; -1 where there are quotes already, or no JSON.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ScrubEdit(int Start, int End, ulong Fingerprint, int Length, int Quotes);

/// <summary>What is to be replaced in a record, and the bytes after it. Reusable.</summary>
internal sealed class ScrubEdits
{
    private const int Kept = 1 << 20;
    private const int KeptEdits = 1 << 14;
    private const int LongestLength = 11;

    private readonly List<ScrubEdit> _edits = [];
    private byte[] _output = new byte[4096];
    private int _added;

    public bool IsEmpty => _edits.Count == 0;

    public void Clear()
    {
        _edits.Clear();
        _added = 0;
        if (_edits.Capacity > KeptEdits)
            _edits.Capacity = KeptEdits;
    }

    public void Add(ScrubEdit edit)
    {
        _edits.Add(edit);
        _added += FingerprintText.Length + (edit.Length < 0 ? 0 : LongestLength) + (edit.Quotes < 0 ? 0 : 2 << edit.Quotes);
    }

    /// <summary>Puts the edits in order. Of two that overlap the larger one stays, grown over both where neither holds the other.</summary>
    public void Settle(ReadOnlySpan<byte> record, ScrubKey key)
    {
        var sorted = true;
        for (var i = 1; i < _edits.Count && sorted; i++)
            sorted = _edits[i - 1].End <= _edits[i].Start;
        if (sorted)
            return;
        _edits.Sort(static (a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : b.End.CompareTo(a.End));
        var kept = 0;
        for (var i = 1; i < _edits.Count; i++)
        {
            var (last, next) = (_edits[kept], _edits[i]);
            if (next.Start >= last.End)
                _edits[++kept] = next;
            else if (next.End > last.End)
                _edits[kept] = last with { End = next.End, Fingerprint = key.Fingerprint(record[last.Start..next.End]) };
        }

        _edits.RemoveRange(kept + 1, _edits.Count - kept - 1);
    }

    /// <summary>The record with all edits made; valid until the next call.</summary>
    public ReadOnlyMemory<byte> Apply(ReadOnlySpan<byte> record)
    {
        var room = record.Length + _added;
        if (_output.Length < room || (_output.Length > Kept && room < Kept / 2))
            _output = new byte[Math.Max(4096, room)];
        int read = 0, written = 0;
        foreach (var edit in _edits)
        {
            record[read..edit.Start].CopyTo(_output.AsSpan(written));
            written += edit.Start - read;
            written += Write(edit, _output.AsSpan(written));
            read = edit.End;
        }

        record[read..].CopyTo(_output.AsSpan(written));
        return _output.AsMemory(0, written + record.Length - read);
    }

    private static int Write(ScrubEdit edit, Span<byte> into)
    {
        var written = Quote(edit.Quotes, into);
        FingerprintText.Prefix.CopyTo(into[written..]);
        written += FingerprintText.Prefix.Length;
        _ = edit.Fingerprint.TryFormat(into[written..], out var digits, "x16", CultureInfo.InvariantCulture);
        written += digits;
        if (edit.Length >= 0)
        {
            into[written++] = (byte)':';
            _ = edit.Length.TryFormat(into[written..], out digits, default, CultureInfo.InvariantCulture);
            written += digits;
        }

        return written + Quote(edit.Quotes, into[written..]);
    }

    // A quote inside n strings stands behind 2^n - 1 backslashes.
    private static int Quote(int depth, Span<byte> into)
    {
        if (depth < 0)
            return 0;
        var backslashes = (1 << depth) - 1;
        into[..backslashes].Fill((byte)'\\');
        into[backslashes] = (byte)'"';
        return backslashes + 1;
    }
}

/// <summary>The form of a fingerprint.</summary>
internal static class FingerprintText
{
    public const int Length = 27;

    private const int LongestDigits = 10;

    private static readonly SearchValues<byte> Hex = SearchValues.Create("0123456789abcdef"u8);

    public static ReadOnlySpan<byte> Prefix => "reeve:hmac:"u8;

    /// <summary>Whether a value is a fingerprint already, as an agent in front of this server sends it.</summary>
    public static bool Is(ReadOnlySpan<byte> value) =>
        value.Length >= Length && value.StartsWith(Prefix) && IsHex(value[Prefix.Length..Length]) && IsLength(value[Length..]);

    public static bool IsHex(ReadOnlySpan<byte> digits) => !digits.ContainsAnyExcept(Hex);

    private static bool IsLength(ReadOnlySpan<byte> behind) =>
        behind.IsEmpty
        || (behind.Length is > 1 and <= LongestDigits + 1 && behind[0] == ':'
            && behind[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0);
}
