namespace Reeve.Audit.Scrubbing;

/// <summary>How much of a record's structure scrubbing can rely on.</summary>
internal enum RecordState : byte
{
    /// <summary>One whole JSON value.</summary>
    Whole,

    /// <summary>An event that breaks off.</summary>
    Cut,

    /// <summary>Anything else.</summary>
    Unreadable,
}
