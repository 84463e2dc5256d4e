using Reeve.Audit.Requests;

namespace Reeve.Server.Pipeline.Findings;

/// <summary>What is known at a position of the journal. Not thread-safe.</summary>
/// <param name="position">The journal's sequence that is read next.</param>
/// <param name="limits">Its bounds.</param>
internal sealed class FindingState(ulong position, FindingLimits limits)
{
    private readonly HashSet<(string Source, string Cluster)> _answering = [];
    private readonly List<(string Source, string Cluster)> _newlyAnswering = [];

    /// <summary>The journal's sequence that is read next.</summary>
    public ulong Position { get; set; } = position;

    /// <summary>How far the events of each lane have come.</summary>
    public Lanes Lanes { get; } = new(limits.Lanes);

    /// <summary>What has no answer yet.</summary>
    public OpenRequests Open { get; } = new(limits.OpenRequests);

    /// <summary>The sources that began to show answers since <see cref="Saved"/>.</summary>
    public IReadOnlyCollection<(string Source, string Cluster)> NewlyAnswering => _newlyAnswering;

    /// <summary>Whether a source was ever seen to log the answer to a request of a cluster that it logged itself.</summary>
    public bool ShowsAnswers(LaneKey lane) => _answering.Contains((lane.Source, lane.Cluster));

    /// <summary>Notes that it was.</summary>
    public void ShowAnswers(LaneKey lane)
    {
        if (_answering.Add((lane.Source, lane.Cluster)))
            _newlyAnswering.Add((lane.Source, lane.Cluster));
    }

    /// <summary>Takes what was noted before.</summary>
    public void RestoreAnswering(string source, string cluster) => _answering.Add((source, cluster));

    /// <summary>A later stage of a request has come.</summary>
    public void Answer(UInt128 key)
    {
        if (Open.TryClose(key, out var request) && Lanes.Find(request.Lane) is { } lane)
            ShowAnswers(lane.Key);
    }

    /// <summary>Everything is on the disk.</summary>
    public void Saved()
    {
        Lanes.Saved();
        Open.Saved();
        _newlyAnswering.Clear();
    }
}
