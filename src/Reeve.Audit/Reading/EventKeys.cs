namespace Reeve.Audit.Reading;

/// <summary>What the keys of an audit event mean: a text field, or a section of its own.</summary>
internal static class EventKeys
{
    public const EventField None = (EventField)(-1);

    /// <summary>The text field of a key at the top of an event.</summary>
    public static EventField TopField(ReadOnlySpan<byte> key) => key.Length switch
    {
        4 => key.SequenceEqual("verb"u8) ? EventField.Verb : None,
        5 => key.SequenceEqual("level"u8) ? EventField.Level : key.SequenceEqual("stage"u8) ? EventField.Stage : None,
        7 => key.SequenceEqual("auditID"u8) ? EventField.AuditId : None,
        9 => key.SequenceEqual("userAgent"u8) ? EventField.UserAgent : None,
        10 => key.SequenceEqual("requestURI"u8) ? EventField.RequestUri : None,
        _ => None,
    };

    /// <summary>The section of a key at the top of an event.</summary>
    public static EventSection TopSection(ReadOnlySpan<byte> key) => key.Length switch
    {
        4 => key.SequenceEqual("user"u8) ? EventSection.User : EventSection.Other,
        5 => key.SequenceEqual("items"u8) ? EventSection.Items : EventSection.Other,
        8 => key.SequenceEqual("metadata"u8) ? EventSection.Metadata : EventSection.Other,
        9 => key.SequenceEqual("objectRef"u8) ? EventSection.ObjectRef
            : key.SequenceEqual("sourceIPs"u8) ? EventSection.SourceIps : EventSection.Other,
        11 => key.SequenceEqual("annotations"u8) ? EventSection.Annotations : EventSection.Other,
        13 => key.SequenceEqual("requestObject"u8) ? EventSection.RequestObject : EventSection.Other,
        14 => key.SequenceEqual("responseObject"u8) ? EventSection.ResponseObject
            : key.SequenceEqual("responseStatus"u8) ? EventSection.ResponseStatus : EventSection.Other,
        16 => key.SequenceEqual("impersonatedUser"u8) ? EventSection.ImpersonatedUser : EventSection.Other,
        22 => key.SequenceEqual("authenticationMetadata"u8) ? EventSection.AuthenticationMetadata : EventSection.Other,
        _ => EventSection.Other,
    };

    /// <summary>The text field of a key inside a section.</summary>
    public static EventField Field(EventSection section, ReadOnlySpan<byte> key) => section switch
    {
        EventSection.User => User(key, EventField.UserName, EventField.UserUid),
        EventSection.ImpersonatedUser => User(key, EventField.ImpersonatedUserName, EventField.ImpersonatedUserUid),
        EventSection.AuthenticationMetadata =>
            key.SequenceEqual("impersonationConstraint"u8) ? EventField.ImpersonationConstraint : None,
        EventSection.ObjectRef => ObjectRef(key),
        EventSection.ResponseStatus => Status(key),
        EventSection.Annotations => Annotation(key),
        _ => None,
    };

    /// <summary>The section of a key inside a section.</summary>
    public static EventSection Section(EventSection section, ReadOnlySpan<byte> key) => section switch
    {
        EventSection.User when key.SequenceEqual("groups"u8) => EventSection.Groups,
        EventSection.User when key.SequenceEqual("extra"u8) => EventSection.UserExtra,
        EventSection.ImpersonatedUser when key.SequenceEqual("groups"u8) => EventSection.ImpersonatedGroups,
        _ => EventSection.Other,
    };

    private static EventField User(ReadOnlySpan<byte> key, EventField name, EventField uid) =>
        key.SequenceEqual("username"u8) ? name : key.SequenceEqual("uid"u8) ? uid : None;

    private static EventField ObjectRef(ReadOnlySpan<byte> key) => key.Length switch
    {
        3 => key.SequenceEqual("uid"u8) ? EventField.ObjectUid : None,
        4 => key.SequenceEqual("name"u8) ? EventField.Name : None,
        8 => key.SequenceEqual("resource"u8) ? EventField.Resource
            : key.SequenceEqual("apiGroup"u8) ? EventField.ApiGroup : None,
        9 => key.SequenceEqual("namespace"u8) ? EventField.Namespace : None,
        10 => key.SequenceEqual("apiVersion"u8) ? EventField.ApiVersion : None,
        11 => key.SequenceEqual("subresource"u8) ? EventField.Subresource : None,
        15 => key.SequenceEqual("resourceVersion"u8) ? EventField.ResourceVersion : None,
        _ => None,
    };

    private static EventField Status(ReadOnlySpan<byte> key) => key.Length switch
    {
        6 => key.SequenceEqual("status"u8) ? EventField.Status : key.SequenceEqual("reason"u8) ? EventField.Reason : None,
        7 => key.SequenceEqual("message"u8) ? EventField.Message : None,
        _ => None,
    };

    private static EventField Annotation(ReadOnlySpan<byte> key) => key.Length switch
    {
        27 => key.SequenceEqual("authorization.k8s.io/reason"u8) ? EventField.DecisionReason : None,
        29 => key.SequenceEqual("authorization.k8s.io/decision"u8) ? EventField.Decision : None,
        _ => None,
    };
}
