namespace Reeve.Server.Sources;

/// <summary>What one sender delivered through one source since the server started, as the Sources page shows it.</summary>
/// <param name="Source">The source's name.</param>
/// <param name="Kind">The source's type: file, syslog, webhook, ...</param>
/// <param name="Cluster">The cluster its events are stored under.</param>
/// <param name="IsMapped">Whether somebody said so; false where nothing matched and a person should assign it.</param>
/// <param name="Host">Which apiserver or node reports; empty where unknown.</param>
/// <param name="Sender">Who delivers.</param>
/// <param name="Events">Events and unreadable records, duplicates included.</param>
/// <param name="Duplicates">Those received before.</param>
/// <param name="Unreadable">Those no event could be read from.</param>
/// <param name="Cut">Those of which a part is missing.</param>
/// <param name="EventsPerSecond">The mean rate of the last ten seconds.</param>
/// <param name="LastEvent">When the last one arrived; null before the first.</param>
/// <param name="Lag">How long the last one was on its way: from its own time to its arrival; null where it names no time.</param>
/// <param name="Troubles">What goes wrong with it, the latest first.</param>
public sealed record SenderStatus(
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
    IReadOnlyList<SenderTrouble> Troubles);

/// <summary>Something that goes wrong with what a sender delivers, and what to do about it.</summary>
/// <param name="Code">Names the kind of trouble, such as <c>cut-by-sender</c>; one of each kind is kept for a sender.</param>
/// <param name="Message">What happens, one sentence for people.</param>
/// <param name="Advice">What to do about it, one sentence for people.</param>
/// <param name="Count">How often it happened since the server started.</param>
/// <param name="Last">When it happened last.</param>
public sealed record SenderTrouble(string Code, string Message, string Advice, long Count, DateTimeOffset Last);
