using Reeve.Audit.Findings;
using Reeve.Store.Query;

namespace Reeve.Server.Alerts;

/// <summary>An alert as it is kept. Texts come from outside and may hold anything. Immutable.</summary>
public sealed record StoredAlert
{
    /// <summary>Its number here; alerts raised later have greater ones.</summary>
    public required long Number { get; init; }

    /// <summary>32 hexadecimal digits, the same whenever the same events come again.</summary>
    public required string Id { get; init; }

    /// <summary>The rule's id.</summary>
    public required string Rule { get; init; }

    /// <summary>The rule's title.</summary>
    public required string Title { get; init; }

    /// <summary>How much it matters.</summary>
    public required FindingLevel Level { get; init; }

    /// <summary>The rule's tags.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>The cluster's name.</summary>
    public required string Cluster { get; init; }

    /// <summary>Who did it; where several did, how many.</summary>
    public required string Actor { get; init; }

    /// <summary>What it was done to; where it was several things, how many.</summary>
    public required string Object { get; init; }

    /// <summary>One plain sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>The time of its earliest event, UTC.</summary>
    public required DateTime First { get; init; }

    /// <summary>The time of its latest event, UTC.</summary>
    public required DateTime Last { get; init; }

    /// <summary>How many requests.</summary>
    public required long Count { get; init; }

    /// <summary>When it was raised, UTC.</summary>
    public required DateTime Raised { get; init; }

    /// <summary>Whether it waits for somebody.</summary>
    public required bool IsOpen { get; init; }

    /// <summary>How it was closed last; null where nobody did. An open alert that has this went on after it.</summary>
    public AlertClosing? Closing { get; init; }
}

/// <summary>That an alert was closed.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="By">By whom.</param>
/// <param name="Note">What they said about it; may be empty.</param>
public sealed record AlertClosing(DateTime At, string By, string Note);

/// <summary>An event of an alert.</summary>
/// <param name="Id">Names it, where events are searched.</param>
/// <param name="Time">When it happened, UTC.</param>
/// <param name="AuditId"><c>auditID</c>; may be empty.</param>
/// <param name="Stage"><c>stage</c>; may be empty.</param>
/// <param name="Actor">Who it counts for.</param>
/// <param name="Object">What it was about.</param>
public sealed record AlertEvent(EventId Id, DateTime Time, string AuditId, string Stage, string Actor, string Object);

/// <summary>An alert with all that is known of it.</summary>
/// <param name="Alert">The alert.</param>
/// <param name="Values">The fields that made the rule match, with their values.</param>
/// <param name="Events">Its events by time; not more than an alert lists.</param>
public sealed record AlertDetails(StoredAlert Alert, IReadOnlyDictionary<string, IReadOnlyList<string>> Values, IReadOnlyList<AlertEvent> Events);
