namespace Reeve.Server.Sources;

/// <summary>What one sender delivered through one source since the server started, as the Sources page shows it.</summary>
/// <remarks>Host and sender say what the sender says of itself: any text, to be encoded where it is shown.</remarks>
/// <param name="Id">Names it in the API, the same after a restart.</param>
/// <param name="Source">The source's name.</param>
/// <param name="Kind">The source's type: file, syslog, webhook, ...</param>
/// <param name="Cluster">The cluster its next event is stored under.</param>
/// <param name="IsMapped">Whether somebody said so; false where nothing matched and a person should assign it.</param>
/// <param name="Host">Which apiserver or node reports; empty where unknown.</param>
/// <param name="Sender">Who delivers.</param>
/// <param name="Events">Events and unreadable records, duplicates included.</param>
/// <param name="Duplicates">Those received before.</param>
/// <param name="Unreadable">Those no event could be read from.</param>
/// <param name="Cut">Those of which a part is missing.</param>
/// <param name="EventsPerSecond">The mean rate of the last ten seconds that are over.</param>
/// <param name="LastEvent">When the last one arrived, before a restart too; null before the first.</param>
/// <param name="Lag">
/// How long the last one was on its way: from its own time to its arrival; below zero where its clock is ahead. Null
/// before the first that names its time. One that was received before does not count: it tells when it was sent again.
/// </param>
/// <param name="Troubles">What goes wrong with it, the latest first.</param>
public sealed record SenderStatus(
    string Id,
    string Source,
    string Kind,
    string Cluster,
    bool IsMapped,
    string Host,
    Sender Sender,
    long Events,
    long Duplicates,
    long Unreadable,
    long Cut,
    double EventsPerSecond,
    DateTimeOffset? LastEvent,
    TimeSpan? Lag,
    IReadOnlyList<SenderTrouble> Troubles)
{
    /// <summary>Whether an assignment decides its cluster; false where configuration or address name it.</summary>
    public bool IsAssignable { get; init; }

    /// <summary>Whether this is no sender but all those of the source together that are too many to be told apart.</summary>
    public bool IsOthers { get; init; }

    /// <summary>Its events since it was first seen, restarts included; after a crash those of its last half minute may be missing.</summary>
    public long EventsInAll { get; init; }

    /// <summary>How often something went wrong with it since the server started.</summary>
    public long Errors => Troubles.Sum(trouble => trouble.Count);
}

/// <summary>Something that goes wrong with what a sender delivers, and what to do about it.</summary>
/// <param name="Code">Names the kind of trouble, such as <c>cut-by-sender</c>; one of each kind is kept for a sender.</param>
/// <param name="Message">What happens, one sentence for people.</param>
/// <param name="Advice">What to do about it, one sentence for people.</param>
/// <param name="Count">How often it happened since the server started.</param>
/// <param name="Last">When it happened last.</param>
public sealed record SenderTrouble(string Code, string Message, string Advice, long Count, DateTimeOffset Last);
