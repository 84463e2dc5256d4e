using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Threading;

namespace Reeve.Server.Pipeline;

/// <summary>
/// What was received lately, across all sources: tells a second delivery from a new event, and gives each request
/// exactly one primary row. Thread-safe.
/// </summary>
/// <remarks>
/// The window is 24 hours of receive time or 20 million events. Primary claims are kept as 64-bit folds of the request
/// key under a secret of this process, so that no client can make its request collide with another.
/// </remarks>
internal sealed class RecentEvents
{
    /// <summary>How many events are remembered at most.</summary>
    public const int Capacity = 20_000_000;

    /// <summary>How long an event is remembered at most.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(24);

    private readonly Lock _gate = new();
    private readonly RecentSet<UInt128> _events = new(Capacity, Window);
    private readonly RecentSet<ulong> _primaries = new(Capacity, Window);
    private readonly ulong _secret = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8)) | 1;

    /// <summary>Remembers an event; false where it was received before. A zero fingerprint is always new.</summary>
    public bool TryAdd(UInt128 fingerprint, DateTime received)
    {
        lock (_gate)
            return _events.TryAdd(fingerprint, received);
    }

    /// <summary>Claims the one primary row of a request; false where another row has it.</summary>
    public bool TryClaimPrimary(UInt128 requestKey, DateTime received)
    {
        var folded = Fold(requestKey);
        lock (_gate)
            return _primaries.TryAdd(folded, received);
    }

    private ulong Fold(UInt128 key)
    {
        var high = Math.BigMul((ulong)(key >> 64) ^ _secret, _secret, out var low);
        return ((ulong)key ^ high ^ low) * _secret;
    }
}
