namespace Reeve.Detection.Orphans;

/// <summary>A lane, how far its events have come, and its requests without an answer. Not thread-safe.</summary>
internal sealed class Lane
{
    /// <summary>The latest time of an event, UTC.</summary>
    public DateTime Latest { get; set; }

    /// <summary>Whether it shows answers at all; a policy may leave them out.</summary>
    public bool ShowsAnswers { get; set; }

    /// <summary>Its requests as they came, those among them that were answered since.</summary>
    public Queue<OpenRequest> Waiting { get; } = new();
}
