namespace Reeve.Store.Query.Parsing;

/// <summary>The named fields as data: canonical name, kind, other names.</summary>
internal static class FieldTable
{
    public static readonly (string Name, QueryFieldKind Kind, string[] Others)[] Rows =
    [
        ("user", QueryFieldKind.Text, ["user.username"]),
        ("group", QueryFieldKind.List, ["user.groups"]),
        ("actor", QueryFieldKind.Text, []),
        ("user.uid", QueryFieldKind.Text, []),
        ("impersonatedUser.username", QueryFieldKind.Text, []),
        ("impersonatedUser.groups", QueryFieldKind.List, []),
        ("verb", QueryFieldKind.Text, []),
        ("resource", QueryFieldKind.Text, ["objectRef.resource"]),
        ("subresource", QueryFieldKind.Text, ["objectRef.subresource"]),
        ("ns", QueryFieldKind.Text, ["objectRef.namespace", "namespace"]),
        ("name", QueryFieldKind.Text, ["objectRef.name"]),
        ("objectRef.uid", QueryFieldKind.Text, []),
        ("apigroup", QueryFieldKind.Text, ["objectRef.apiGroup"]),
        ("objectRef.apiVersion", QueryFieldKind.Text, []),
        ("code", QueryFieldKind.Number, ["responseStatus.code"]),
        ("responseStatus.reason", QueryFieldKind.Text, []),
        ("message", QueryFieldKind.Text, ["responseStatus.message"]),
        ("decision", QueryFieldKind.Text, ["annotations.authorization.k8s.io/decision"]),
        ("reason", QueryFieldKind.Text, ["annotations.authorization.k8s.io/reason"]),
        ("ip", QueryFieldKind.Address, []),
        ("claimed", QueryFieldKind.List, []),
        ("agent", QueryFieldKind.Text, ["userAgent"]),
        ("uri", QueryFieldKind.Text, ["requestURI"]),
        ("stage", QueryFieldKind.Text, []),
        ("auditlevel", QueryFieldKind.Text, []),
        ("auditID", QueryFieldKind.Text, []),
        ("cluster", QueryFieldKind.Text, []),
        ("host", QueryFieldKind.Text, []),
        ("source", QueryFieldKind.Text, []),
        ("category", QueryFieldKind.Text, []),
        ("integrity", QueryFieldKind.Text, []),
        ("rule", QueryFieldKind.Finding, []),
        ("level", QueryFieldKind.Finding, []),
        ("id", QueryFieldKind.Id, []),
        ("line", QueryFieldKind.Number, []),
        ("time", QueryFieldKind.Time, ["stageTimestamp"]),
        ("received", QueryFieldKind.Time, []),
    ];
}
