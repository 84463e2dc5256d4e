using System.Runtime.InteropServices;
using Reeve.Audit.Scrubbing.Patterns;

namespace Reeve.Audit.Scrubbing;

/// <summary>Where a needle stands.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SecretHit(int At, SecretNeedle Needle);

/// <summary>The needles in a record, in the order of their probes. Reusable; of more than it holds, it says only that there are too many.</summary>
internal sealed class SecretHits
{
    private const int Most = 1 << 16;

    private readonly List<SecretHit> _hits = [];

    public int Count => _hits.Count;

    /// <summary>Whether there are more than are kept: then every place may be one.</summary>
    public bool IsOverfull { get; private set; }

    /// <summary>Whether a bootstrap token, which needs no name beside it, stands in a record that speaks of some.</summary>
    public bool HasBootstrapToken { get; private set; }

    public SecretHit this[int index] => _hits[index];

    public void Find(ReadOnlySpan<byte> record)
    {
        _hits.Clear();
        (IsOverfull, HasBootstrapToken) = (false, false);
        var mayHaveToken = false;
        for (var scan = new NeedleScan(record); scan.Next(out var hit);)
        {
            if (_hits.Count == Most)
            {
                IsOverfull = true;
                return;
            }

            _hits.Add(hit);
            mayHaveToken |= hit.Needle.Look == NeedleLook.Bootstrap || hit.Needle.Bytes is [(byte)'t', (byte)'o', ..];
        }

        HasBootstrapToken = mayHaveToken && BootstrapTokens.Occurs(record);
    }

    /// <summary>Whether a needle touches a string; asked in the order of positions, from <paramref name="next"/> = 0 on.</summary>
    public bool Touches(int start, int end, ref int next)
    {
        if (IsOverfull || HasBootstrapToken)
            return true;
        while (next < _hits.Count && _hits[next].At + _hits[next].Needle.Bytes.Length <= start)
            next++;
        return next < _hits.Count && _hits[next].At < end;
    }
}
