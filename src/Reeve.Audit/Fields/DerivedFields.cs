using System.Text;
using Reeve.Audit.Callers;
using Reeve.Audit.Requests;

namespace Reeve.Audit.Fields;

/// <summary>
/// The fields of the catalogue that are read out of others: who called from where with which program and credential, what exec runs,
/// which binding allowed it. What stands in <c>user.extra</c> and in annotations needs the event's JSON.
/// </summary>
public static class DerivedFields
{
    private static readonly OrderedDictionary<string, Func<DerivedFrom, IReadOnlyList<string>>> All = new(StringComparer.Ordinal)
    {
        ["sa"] = from => Each(from, ServiceAccount),
        ["sans"] = from => Each(from, ServiceAccountNamespace),
        ["node"] = from => [.. Each(from, Node).Concat(Extra(from, ExtraKeys.NodeName)).Distinct(StringComparer.Ordinal)],
        ["nodeuid"] = from => Extra(from, ExtraKeys.NodeUid),
        ["pod"] = from => Extra(from, ExtraKeys.PodName),
        ["poduid"] = from => Extra(from, ExtraKeys.PodUid),
        ["credential"] = from => Extra(from, ExtraKeys.CredentialId),
        ["issued"] = from => JsonTexts.At(from.Raw.Span, "annotations", ExtraKeys.IssuedCredentialId),
        ["arn"] = from => Extra(from, ExtraKeys.Arn),
        ["sessionname"] = from => Extra(from, ExtraKeys.SessionName),
        ["accesskey"] = from => Extra(from, ExtraKeys.AccessKeyId),
        ["oid"] = from => Extra(from, ExtraKeys.ObjectId),
        ["assertion"] = from => [.. Extra(from, ExtraKeys.GkeUserAssertion), .. Extra(from, ExtraKeys.GkeIamUserAssertion)],
        ["tool"] = from => [Text(Tool.Of(Encoding.UTF8.GetBytes(from.Agent)).Name)],
        ["toolversion"] = from => [Text(Tool.Of(Encoding.UTF8.GetBytes(from.Agent)).Version)],
        ["command"] = from => OfSession(from, (in session, into) => session.WriteCommand(into)),
        ["container"] = from => OfSession(from, (in session, into) => session.WriteContainer(into)),
        ["stdin"] = from => OfSession(from, (in session, into) => Flag(session.HasStdin, into)),
        ["tty"] = from => OfSession(from, (in session, into) => Flag(session.HasTty, into)),
        ["binding"] = from => OfGrant(from, grant => Name(grant.Binding, grant.BindingKind.SequenceEqual("RoleBinding"u8))),
        ["role"] = from => OfGrant(from, grant => Text(grant.Role)),
        ["subject"] = from => OfGrant(from, grant => Name(grant.Subject, grant.SubjectKind.SequenceEqual("ServiceAccount"u8))),
    };

    private delegate int SessionPart(in PodSession session, Span<byte> into);

    private delegate string GrantPart(Grant grant);

    /// <summary>The fields that an event has, by their names in the catalogue, in the order to read them.</summary>
    public static IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> Of(DerivedFrom from) =>
        All.Select(field => KeyValuePair.Create(field.Key, field.Value(from))).Where(field => field.Value.Any(value => value.Length > 0));

    /// <summary>The values of one of them that are not empty; none of what is no such field.</summary>
    public static IEnumerable<string> Values(string name, DerivedFrom from) =>
        All.TryGetValue(name, out var read) ? read(from).Where(value => value.Length > 0) : [];

    private static IReadOnlyList<string> Extra(DerivedFrom from, string key) => JsonTexts.At(from.Raw.Span, "user", "extra", key);

    private static IReadOnlyList<string> OfSession(DerivedFrom from, SessionPart part)
    {
        var uri = Encoding.UTF8.GetBytes(from.Uri);
        if (!PodSession.TryParse(uri, Encoding.UTF8.GetBytes(from.Subresource), out var session))
            return [];
        // Not longer than the URI but for a flag's word.
        var buffer = new byte[uri.Length + 4];
        return [Text(buffer.AsSpan(0, part(session, buffer)))];
    }

    private static int Flag(bool isSet, Span<byte> into)
    {
        if (!isSet)
            return 0;
        "true"u8.CopyTo(into);
        return 4;
    }

    private static IReadOnlyList<string> OfGrant(DerivedFrom from, GrantPart part) =>
        Grant.TryParse(Encoding.UTF8.GetBytes(from.DecisionReason), out var grant) ? [part(grant)] : [];

    private static string Name(ReadOnlySpan<byte> name, bool isNamespaced) => isNamespaced ? Reordered(Text(name)) : Text(name);

    private static string[] Each(DerivedFrom from, Func<string, string?> part) =>
        [.. new[] { part(from.User), part(from.ImpersonatedUser) }.OfType<string>().Distinct(StringComparer.Ordinal)];

    private static string? ServiceAccount(string user) =>
        ServiceAccountName.TryParse(Encoding.UTF8.GetBytes(user), out var account) ? $"{Text(account.Namespace)}/{Text(account.Name)}" : null;

    private static string? ServiceAccountNamespace(string user) =>
        ServiceAccountName.TryParse(Encoding.UTF8.GetBytes(user), out var account) ? Text(account.Namespace) : null;

    private static string? Node(string user) => NodeUser.TryParse(Encoding.UTF8.GetBytes(user), out var name) ? Text(name) : null;

    // Authorizers write NAME/NAMESPACE; people and the other fields the reverse.
    private static string Reordered(string name) =>
        name.LastIndexOf('/') is >= 0 and var slash ? $"{name[(slash + 1)..]}/{name[..slash]}" : name;

    private static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);
}
