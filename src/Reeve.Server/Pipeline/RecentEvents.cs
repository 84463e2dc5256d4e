using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Threading;

namespace Reeve.Server.Pipeline;

/// <summary>
/// What was received lately, across all sources: tells a second delivery from a new event, and gives each request
/// exactly one primary row. Thread-safe.
/// </summary>
/// <remarks>
/// The window is 24 hours of receive time or 20 million events, and takes at most 400 MB. Both are kept as 64-bit folds
/// under a secret of this process, so that no client can make its event collide with another. By chance, one event of
/// 10^12 is taken for one of the 20 million before it.
/// </remarks>
internal sealed class RecentEvents
{
    /// <summary>How many events are remembered at most.</summary>
    public const int Capacity = 20_000_000;

    /// <summary>How long an event is remembered at most.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(24);

    private readonly Lock _gate = new();
    private readonly RecentSet<ulong> _events;
    private readonly RecentSet<ulong> _primaries;
    private readonly ulong _secret = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8)) | 1;

    /// <summary>Remembers up to <see cref="Capacity"/>.</summary>
    public RecentEvents()
        : this(Capacity)
    {
    }

    internal RecentEvents(int capacity)
    {
        _events = new(capacity, Window);
        _primaries = new(capacity, Window);
    }

    /// <summary>Bytes taken now.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
                return _events.Bytes + _primaries.Bytes;
        }
    }

    /// <summary>Remembers an event; false where it was received before. A zero fingerprint is always new.</summary>
    public bool TryAdd(UInt128 fingerprint, DateTime received)
    {
        if (fingerprint == 0)
            return true;
        var folded = Fold(fingerprint);
        lock (_gate)
            return _events.TryAdd(folded, received);
    }

    /// <summary>Claims the one primary row of a request; false where another row has it.</summary>
    public bool TryClaimPrimary(UInt128 requestKey, DateTime received)
    {
        var folded = Fold(requestKey);
        lock (_gate)
            return _primaries.TryAdd(folded, received);
    }

    /// <summary>Forgets events and claims that never reached the journal: they are new when they come again.</summary>
    public void Forget(IEnumerable<UInt128> fingerprints, IEnumerable<UInt128> requestKeys)
    {
        lock (_gate)
        {
            foreach (var fingerprint in fingerprints.Where(fingerprint => fingerprint != 0))
                _events.Remove(Fold(fingerprint));
            foreach (var request in requestKeys)
                _primaries.Remove(Fold(request));
        }
    }

    private ulong Fold(UInt128 key)
    {
        var high = Math.BigMul((ulong)(key >> 64) ^ _secret, _secret, out var low);
        return ((ulong)key ^ high ^ low) * _secret;
    }
}
