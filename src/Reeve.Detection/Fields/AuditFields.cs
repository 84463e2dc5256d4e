using Reeve.Audit.Fields;
using Reeve.Detection.Matching.Slots;

namespace Reeve.Detection.Fields;

/// <summary>The fields that audit events have.</summary>
internal static class AuditFields
{
    private static readonly string[] Leaves =
    [
        .. EventPaths.Texts.Keys, "responseStatus.code", "user.groups", "impersonatedUser.groups", "sourceIPs", "requestReceivedTimestamp", "stageTimestamp", "timestamp",
    ];

    // Below them may stand whatever the cluster and its objects bring; metadata is that of v1beta1.
    private static readonly string[] Open = ["requestObject", "responseObject", "annotations", "metadata", "user.extra", "impersonatedUser.extra", "responseStatus.details", "responseStatus.metadata"];

    // Objects that a rule may ask for as a whole, as in "impersonatedUser|exists".
    private static readonly string[] Whole = ["kind", "apiVersion", "user", "impersonatedUser", "authenticationMetadata", "objectRef", "responseStatus"];

    // Of the catalogue, but given to an event only after rules have seen it.
    private static readonly string[] Later = ["received", "primary", "id", "envelope"];

    private static readonly HashSet<string> Known = [.. FieldCatalogue.All.Where(field => field.Type != FieldType.Finding).Select(field => field.Name).Except(Later), CatalogueValues.FindingField, .. Leaves, .. Open, .. Whole];

    // Where flattened or shortened names really stand.
    private static readonly Dictionary<string, string> Meant = new(StringComparer.Ordinal)
    {
        ["hostPath"] = "requestObject.spec.volumes.hostPath.path",
        ["capabilities"] = "requestObject.spec.containers.securityContext.capabilities.add",
        ["hostNetwork"] = "requestObject.spec.hostNetwork",
        ["hostPID"] = "requestObject.spec.hostPID",
        ["hostIPC"] = "requestObject.spec.hostIPC",
        ["image"] = "requestObject.spec.containers.image",
        ["privileged"] = "requestObject.spec.containers.securityContext.privileged",
        ["decision"] = "annotations.authorization.k8s.io/decision",
    };

    /// <summary>Whether an audit event may have it.</summary>
    public static bool IsKnown(string path) =>
        Known.Contains(path) || RuleFields.IsOne(path) || Array.Exists(Open, root => path.StartsWith(root, StringComparison.Ordinal) && path[root.Length] == '.');

    /// <summary>The field that may be meant by a name that is none; null where none is near.</summary>
    public static string? Nearest(string path) =>
        Meant.GetValueOrDefault(path)
        ?? Leaves.FirstOrDefault(leaf => leaf.EndsWith("." + path, StringComparison.OrdinalIgnoreCase))
        ?? NearestName.Find(path, Leaves.Concat(Open).Concat(Whole));
}
