namespace Reeve.Detection.Matching.Slots;

/// <summary>Where the values of a slot come from.</summary>
internal enum SlotKind : byte
{
    /// <summary>A text that the event's reader has read.</summary>
    Text,

    /// <summary><c>responseStatus.code</c>.</summary>
    Code,

    /// <summary>A list that the event's reader has read.</summary>
    List,

    /// <summary>A path within a part of the event's JSON.</summary>
    Path,

    /// <summary>A JSON pointer.</summary>
    Pointer,

    /// <summary>A parameter of the request's query.</summary>
    Query,

    /// <summary>The event's time in nanoseconds.</summary>
    RawTime,

    /// <summary>A field of the catalogue that is read out of others, or that the pipeline adds.</summary>
    Catalogue,

    /// <summary>The values of other slots.</summary>
    Union,

    /// <summary>Computed from the values of other slots.</summary>
    Computed,
}
