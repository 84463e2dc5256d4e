using Reeve.Server.Sources;

namespace Reeve.Server.Ui.Search;

/// <summary>Events a second of every source, over the last seconds. Not thread-safe: one belongs to one page.</summary>
internal sealed class ImportRate(TimeProvider clock)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(3);

    private readonly Dictionary<string, (long Events, long At, double Rate)> _sources = new(StringComparer.Ordinal);

    /// <summary>Takes note of where the sources are now.</summary>
    public void Note(IReadOnlyList<SourceStatus> sources)
    {
        var now = clock.GetTimestamp();
        foreach (var source in sources)
        {
            if (!_sources.TryGetValue(source.Name, out var before))
                _sources[source.Name] = (source.Events, now, 0);
            else if (clock.GetElapsedTime(before.At, now) is var elapsed && elapsed >= Window)
                _sources[source.Name] = (source.Events, now, (source.Events - before.Events) / elapsed.TotalSeconds);
        }
    }

    /// <summary>The rate of a source; 0 until it is known.</summary>
    public double Of(string source) => _sources.TryGetValue(source, out var known) ? known.Rate : 0;
}
