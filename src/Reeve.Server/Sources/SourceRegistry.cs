namespace Reeve.Server.Sources;

/// <summary>The latest status of every source. Thread-safe: a source reports, pages and the API take snapshots.</summary>
public sealed class SourceRegistry
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, SourceStatus> _sources = new(StringComparer.Ordinal);

    /// <summary>Puts <paramref name="status"/> in the place of what the source of that name reported before.</summary>
    public void Report(SourceStatus status)
    {
        ArgumentNullException.ThrowIfNull(status);
        lock (_gate)
            _sources[status.Name] = status;
    }

    /// <summary>Forgets a source that is configured no longer.</summary>
    public void Remove(string name)
    {
        lock (_gate)
            _sources.Remove(name);
    }

    /// <summary>Every source, ordered by name.</summary>
    public IReadOnlyList<SourceStatus> Snapshot()
    {
        lock (_gate)
            return [.. _sources.Values.OrderBy(source => source.Name, StringComparer.Ordinal)];
    }
}
