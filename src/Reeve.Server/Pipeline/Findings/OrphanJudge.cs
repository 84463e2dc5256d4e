namespace Reeve.Server.Pipeline.Findings;

/// <summary>
/// Says which requests have waited long enough for an answer. Through a connection events come about in order: there the lane's watermark
/// decides. Files are read in turns, so that one can be far ahead of another: what they hold counts once their source has read all of them
/// to their ends, and the end of a log that is no longer written counts once every file source has.
/// </summary>
/// <param name="limits">The patience.</param>
internal sealed class OrphanJudge(FindingLimits limits)
{
    /// <summary>Those that are due, the first journalled first.</summary>
    /// <param name="state">What is known.</param>
    /// <param name="ends">How far the file sources are.</param>
    /// <param name="now">The time, UTC.</param>
    public List<OpenRequest> Due(FindingState state, IReadOnlyDictionary<string, InputEnd?> ends, DateTime now)
    {
        var allRead = ends.Values.All(end => end is not null && end.Journalled <= state.Position);
        var due = new List<OpenRequest>();
        foreach (var request in state.Open.All)
        {
            if (state.Lanes.Find(request.Lane) is { } lane && IsDue(request, lane))
                due.Add(request);
        }

        due.Sort((a, b) => a.Sequence.CompareTo(b.Sequence));
        return due;

        bool IsDue(OpenRequest request, Lane lane)
        {
            var passed = lane.Watermark - request.Time >= limits.Patience;
            if (!lane.IsFile)
                return passed;
            if (ends.GetValueOrDefault(lane.Key.Source) is not { } end || end.Journalled > state.Position || request.Sequence >= end.Journalled)
                return false;
            return passed || (allRead && HasEnded(lane, end, now));
        }
    }

    // A file that is gone will not go on either.
    private bool HasEnded(Lane lane, InputEnd end, DateTime now) =>
        !end.Written.TryGetValue(lane.Key.Stream, out var written)
        || now - written >= (lane.IsLive ? limits.QuietLive : limits.QuietImport);
}
