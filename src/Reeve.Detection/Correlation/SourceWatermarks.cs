using System.Runtime.InteropServices;

namespace Reeve.Detection.Correlation;

/// <summary>
/// Up to when, by event time, everything has been seen: the least of what the live sources have reached. A source that has sent nothing for
/// a time, by the clock, holds it back no longer. It never goes back, and no event that claims to come from the future moves it beyond
/// the clock. Not thread-safe.
/// </summary>
internal sealed class SourceWatermarks(TimeProvider time, TimeSpan idle)
{
    // A sender names itself; nobody has so many.
    private const int MostSources = 10_000;

    private readonly Dictionary<string, (long Ticks, long Heard)> _sources = new(StringComparer.Ordinal);
    private long _watermark;

    /// <summary>The watermark, UTC.</summary>
    public DateTime Current
    {
        get
        {
            var least = long.MaxValue;
            foreach (var (ticks, heard) in _sources.Values)
            {
                if (time.GetElapsedTime(heard) <= idle)
                    least = Math.Min(least, ticks);
            }

            if (least != long.MaxValue)
                _watermark = Math.Max(_watermark, least);
            return new DateTime(_watermark, DateTimeKind.Utc);
        }
    }

    /// <summary>How far each source is.</summary>
    public IEnumerable<(string Source, DateTime Time)> All => _sources.Select(source => (source.Key, new DateTime(source.Value.Ticks, DateTimeKind.Utc)));

    /// <summary>A source has come to an event of this time.</summary>
    public void Advance(string source, DateTime reached)
    {
        var ticks = Math.Min(reached.Ticks, time.GetUtcNow().UtcTicks);
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_sources, source, out _);
        known = (Math.Max(known.Ticks, ticks), time.GetTimestamp());
        if (_sources.Count > MostSources)
            _sources.Remove(_sources.MinBy(pair => pair.Value.Heard).Key);
    }

    /// <summary>It has been here before.</summary>
    public void Resume(DateTime watermark) => _watermark = Math.Max(_watermark, watermark.Ticks);
}
