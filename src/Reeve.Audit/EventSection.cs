namespace Reeve.Audit;

/// <summary>The parts of an audit event that hold more than one text.</summary>
internal enum EventSection : byte
{
    /// <summary>Nothing that is read.</summary>
    Other,
    User,
    ImpersonatedUser,
    AuthenticationMetadata,
    ObjectRef,
    ResponseStatus,
    Metadata,
    Groups,
    ImpersonatedGroups,
    SourceIps,
    UserExtra,
    Annotations,
    RequestObject,
    ResponseObject,
    Items,
}
