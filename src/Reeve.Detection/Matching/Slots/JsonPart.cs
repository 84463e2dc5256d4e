namespace Reeve.Detection.Matching.Slots;

/// <summary>The parts of an event's JSON that are gone through by themselves, each at most once an event.</summary>
internal enum JsonPart : byte
{
    /// <summary>All of it.</summary>
    Whole,

    /// <summary><c>requestObject</c>.</summary>
    RequestObject,

    /// <summary><c>responseObject</c>.</summary>
    ResponseObject,

    /// <summary><c>annotations</c>.</summary>
    Annotations,

    /// <summary><c>user.extra</c>.</summary>
    UserExtra,
}
