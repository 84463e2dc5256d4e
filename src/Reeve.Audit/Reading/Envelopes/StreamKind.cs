namespace Reeve.Audit.Reading.Envelopes;

/// <summary>What an envelope says its content is; decides what is said of content that turns out to be no event.</summary>
internal enum StreamKind : byte
{
    /// <summary>It does not say: other logs may travel the same way.</summary>
    Unknown,

    /// <summary>An audit log: what is no event there is damaged.</summary>
    Audit,

    /// <summary>Another log.</summary>
    Other,
}
