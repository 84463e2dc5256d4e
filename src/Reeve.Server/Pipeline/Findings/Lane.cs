using Reeve.Audit;
using Reeve.Audit.Requests;

namespace Reeve.Server.Pipeline.Findings;

/// <summary>A lane and how far its events have come.</summary>
/// <param name="id">A number that is given once.</param>
/// <param name="key">Which lane it is.</param>
internal sealed class Lane(int id, LaneKey key)
{
    private static readonly TimeSpan LiveWithin = TimeSpan.FromMinutes(5);

    public int Id => id;

    public LaneKey Key => key;

    /// <summary>Whether the events come from a file.</summary>
    public bool IsFile => key.Stream != 0;

    /// <summary>The latest time of an event, UTC.</summary>
    public DateTime Watermark { get; private set; }

    /// <summary>Whether that event arrived as it happened, and was not read from an old log.</summary>
    public bool IsLive { get; private set; }

    /// <summary>The journal's sequence of the newest event.</summary>
    public ulong Sequence { get; private set; }

    /// <summary>Takes what is known of a lane from before.</summary>
    public static Lane Restore(int id, LaneKey key, DateTime watermark, bool isLive, ulong sequence) =>
        new(id, key) { Watermark = watermark, IsLive = isLive, Sequence = sequence };

    /// <summary>Takes an event. A clock that runs ahead cannot carry the watermark beyond the time of receipt.</summary>
    public void Advance(ulong sequence, EventContext context)
    {
        Sequence = sequence;
        if (context.Marks.HasFlag(EventMarks.TimeApproximate))
            return;
        var time = context.Time < context.Received ? context.Time : context.Received;
        if (time < Watermark)
            return;
        Watermark = time;
        IsLive = context.Received - time < LiveWithin;
    }
}
