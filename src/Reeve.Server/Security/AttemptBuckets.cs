using System.Runtime.InteropServices;

namespace Reeve.Server.Security;

/// <summary>A token bucket per key. Thread-safe; forgets the keys that have waited longest when there are too many.</summary>
/// <param name="time">The clock.</param>
/// <param name="burst">Attempts a key may make at once.</param>
/// <param name="refill">How long it takes until one more is allowed.</param>
/// <param name="capacity">The most keys remembered.</param>
internal sealed class AttemptBuckets(TimeProvider time, int burst, TimeSpan refill, int capacity = 10_000)
{
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Bucket(double Left, DateTimeOffset At);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);

    /// <summary>Takes one attempt, if the key has one left.</summary>
    public bool TryTake(string key)
    {
        lock (_gate)
        {
            var left = Left(key);
            if (left < 1)
                return false;
            Put(key, left - 1);
            return true;
        }
    }

    /// <summary>Gives one attempt back.</summary>
    public void GiveBack(string key)
    {
        lock (_gate)
            Put(key, Math.Min(burst, Left(key) + 1));
    }

    private double Left(string key) => _buckets.TryGetValue(key, out var bucket)
        ? Math.Min(burst, bucket.Left + ((time.GetUtcNow() - bucket.At) / refill))
        : burst;

    private void Put(string key, double left)
    {
        if (left >= burst)
        {
            _buckets.Remove(key);
            return;
        }

        if (_buckets.Count >= capacity && !_buckets.ContainsKey(key))
            Forget();
        _buckets[key] = new Bucket(left, time.GetUtcNow());
    }

    // A tenth at a time, so that a flood of keys does not sort the table at every attempt.
    private void Forget()
    {
        string[] oldest = [.. _buckets.OrderBy(entry => entry.Value.At).Take((capacity / 10) + 1).Select(entry => entry.Key)];
        foreach (var key in oldest)
            _buckets.Remove(key);
    }
}
