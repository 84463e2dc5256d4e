namespace Reeve.Server.Sources;

/// <summary>What one source is doing, as the Sources page and <c>/api/v1/sources</c> show it.</summary>
/// <param name="Name">The name in the configuration, unique among the sources.</param>
/// <param name="Kind">The type in the configuration: <c>file</c>, <c>syslog</c>, ...</param>
/// <param name="Cluster">The cluster its events belong to; <c>default</c> where nothing matched.</param>
/// <param name="State">What it does now.</param>
/// <param name="Events">Events and unreadable records taken from it since the server started, duplicates included; the newest of them may not be fsynced yet.</param>
/// <param name="LastEvent">When the last event was received; null before the first.</param>
/// <param name="BytesRead">Bytes read so far of what <paramref name="BytesTotal"/> counts.</param>
/// <param name="BytesTotal">Bytes of a finite import as known now; null where the source has no end.</param>
/// <param name="Message">One line for people: what is wrong and what to do, or what it waits for.</param>
/// <param name="Duplicates">Those of <paramref name="Events"/> that were received before and were not stored again.</param>
/// <param name="Unreadable">Those of <paramref name="Events"/> that no event could be read from; they are stored as they came.</param>
/// <param name="Truncated">Those of <paramref name="Events"/> of which a part is missing; they are stored and marked.</param>
/// <param name="Listen">Where it waits for senders, with the port it really got; null where it does not listen, or not yet.</param>
/// <param name="IsEncrypted">Whether it takes TLS only.</param>
public sealed record SourceStatus(
    string Name,
    string Kind,
    string Cluster,
    SourceState State,
    long Events = 0,
    DateTimeOffset? LastEvent = null,
    long BytesRead = 0,
    long? BytesTotal = null,
    string? Message = null,
    long Duplicates = 0,
    long Unreadable = 0,
    long Truncated = 0,
    string? Listen = null,
    bool IsEncrypted = false);

/// <summary>What a source is doing.</summary>
public enum SourceState
{
    /// <summary>Not yet reading.</summary>
    Starting,

    /// <summary>Working through bytes that were there before.</summary>
    Importing,

    /// <summary>Has caught up and waits for more.</summary>
    Following,

    /// <summary>Does not read because the journal has no room.</summary>
    Waiting,

    /// <summary>Cannot read; <see cref="SourceStatus.Message"/> says why.</summary>
    Failed,

    /// <summary>A finite input was read to its end.</summary>
    Done,
}
