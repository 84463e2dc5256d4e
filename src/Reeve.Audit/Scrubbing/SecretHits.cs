using System.Runtime.InteropServices;

namespace Reeve.Audit.Scrubbing;

/// <summary>Where a needle stands.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SecretHit(int At, SecretNeedle Needle);

/// <summary>The needles in a record, in their order. Reusable; of more than it holds, it says only that there are too many.</summary>
internal sealed class SecretHits
{
    private const int Most = 1 << 16;

    private readonly List<SecretHit> _hits = [];

    public int Count => _hits.Count;

    /// <summary>Whether there are more than are kept: then every place may be one.</summary>
    public bool IsOverfull { get; private set; }

    public SecretHit this[int index] => _hits[index];

    public void Find(ReadOnlySpan<byte> record)
    {
        _hits.Clear();
        IsOverfull = false;
        foreach (var needle in SecretNeedles.All)
        {
            for (var at = 0; ; at++)
            {
                var found = needle.AnyCase ? AsciiText.IndexOf(record[at..], needle.Bytes) : record[at..].IndexOf(needle.Bytes);
                if (found < 0)
                    break;
                if (_hits.Count == Most)
                {
                    IsOverfull = true;
                    return;
                }

                at += found;
                _hits.Add(new SecretHit(at, needle));
            }
        }

        _hits.Sort(static (a, b) => a.At.CompareTo(b.At));
    }

    /// <summary>Whether a needle touches a string; asked in the order of positions, from <paramref name="next"/> = 0 on.</summary>
    public bool Touches(int start, int end, ref int next)
    {
        if (IsOverfull)
            return true;
        while (next < _hits.Count && _hits[next].At + _hits[next].Needle.Bytes.Length <= start)
            next++;
        return next < _hits.Count && _hits[next].At < end;
    }
}
