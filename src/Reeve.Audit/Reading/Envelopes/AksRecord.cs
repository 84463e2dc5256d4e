namespace Reeve.Audit.Reading.Envelopes;

/// <summary>
/// One record of an AKS diagnostic setting: the event is <c>properties.log</c>, a string with JSON or the object itself;
/// in Log Analytics (AzureDiagnostics) the column <c>log_s</c>. Also the line of a storage account's PT1H.json.
/// </summary>
internal sealed class AksRecord : IEnvelope
{
    private static readonly string[] Signs = ["category", "operationName", "resourceId"];

    /// <inheritdoc/>
    public string Form => "aks";

    /// <inheritdoc/>
    public bool Matches(WrappedRecord record) => record.Members is var members
        && (members["log_s"].IsString || (Log(members).Exists && Signs.Any(sign => Has(members, sign))) || IsOtherRecord(members));

    /// <inheritdoc/>
    public void Open(WrappedRecord record, Unwrapping into)
    {
        var members = record.Members;
        if (IsOtherRecord(members))
        {
            into.Keep();
            return;
        }

        var log = members["log_s"] is { IsString: true } column ? column : Log(members);
        var time = Of(members, "time").Time ?? members["TimeGenerated"].Time;
        var text = into.Text().Keep(members, "log_s", "properties", "Properties").Keep(Properties(members), "log");
        into.Read(log, text, time, KindOf(Of(members, "category").Text));
    }

    // The activity log of Azure and the metrics come through the same hub.
    private static bool IsOtherRecord(JsonMembers members) =>
        !members.Has("log_s") && !Log(members).Exists && Signs.All(sign => Has(members, sign));

    // kube-audit-admin is kube-audit without get and list; guard, the apiserver's and the controllers' logs travel along.
    private static StreamKind KindOf(string category) => category switch
    {
        "" => StreamKind.Unknown,
        "kube-audit" or "kube-audit-admin" => StreamKind.Audit,
        _ => StreamKind.Other,
    };

    private static JsonMember Log(JsonMembers members) => Properties(members)["log"];

    private static JsonMembers Properties(JsonMembers members) => Of(members, "properties") switch
    {
        { IsObject: true } properties => properties.Members,
        { IsString: true } quoted => JsonMembers.Of(quoted.Unescape()),
        _ => JsonMembers.None,
    };

    private static bool Has(JsonMembers members, string name) => Of(members, name).Exists;

    // Log Analytics and storage accounts write the first letter large.
    private static JsonMember Of(JsonMembers members, string name) =>
        members[name] is { Exists: true } small ? small : members[$"{char.ToUpperInvariant(name[0])}{name[1..]}"];
}
