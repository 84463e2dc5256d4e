namespace Reeve.Audit;

/// <summary>How much of an event arrived, and who cut it if it is not whole.</summary>
public enum Integrity : byte
{
    /// <summary>Every byte the apiserver wrote.</summary>
    Whole,

    /// <summary>A relay on the way cut it.</summary>
    TruncatedBySender,

    /// <summary>The apiserver removed the bodies (<c>audit.k8s.io/truncated</c>).</summary>
    TruncatedByApiserver,

    /// <summary>Larger than <c>limits.event</c>; the beginning was kept.</summary>
    TruncatedByReeve,

    /// <summary>A later piece of a split event, without its beginning.</summary>
    Fragment,

    /// <summary>No event could be read from the bytes.</summary>
    Unreadable,
}

/// <summary>What the pipeline remarked about an event; a set, stored beside it.</summary>
[Flags]
public enum EventMarks : ushort
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><c>time</c> is the time of receipt or of a header: the event names none.</summary>
    TimeApproximate = 1,

    /// <summary><c>time</c> is more than a day in the future.</summary>
    TimeInFuture = 2,

    /// <summary><c>time</c> is older than <c>limits.horizon</c>.</summary>
    TimeBeyondHorizon = 4,

    /// <summary>Values were replaced by fingerprints.</summary>
    Scrubbed = 8,

    /// <summary>The bytes were not valid UTF-8; the bad ones are shown as U+FFFD in fields.</summary>
    InvalidUtf8 = 16,

    /// <summary>The store refused the row; only its raw text is searchable.</summary>
    RefusedByStore = 32,

    /// <summary>Secrets stood where none belong: outside the data of a Secret and outside a token's object.</summary>
    SecretMaterial = 64,

    /// <summary>
    /// No audit event and no damaged one either: another log that travels on the same stream, such as a container's or
    /// the authenticator's. Stands beside <see cref="Integrity.Unreadable"/>, and is counted apart from it.
    /// </summary>
    OtherLog = 256,
}
