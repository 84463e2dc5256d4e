using System.Text;
using Reeve.Audit.Callers;
using Reeve.Audit.Fields;
using Reeve.Audit.Requests;

namespace Reeve.Store.Query;

/// <summary>
/// The fields of an event that have no column because others say them: who called from where with which program and credential,
/// what exec runs, which binding allowed it. What stands in <c>user.extra</c> and in annotations needs the event's JSON.
/// </summary>
public static class DerivedFields
{
    /// <summary>The fields that an event has, by their names in the catalogue, in the order to read them.</summary>
    public static IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> Of(StoredEvent row) =>
        All(row).Where(field => field.Value.Any(value => value.Length > 0));

    private static IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> All(StoredEvent row)
    {
        var raw = row.Raw is { } text ? Encoding.UTF8.GetBytes(text) : [];
        IReadOnlyList<string> Extra(string key) => JsonTexts.At(raw, "user", "extra", key);
        yield return new("sa", Each(row, ServiceAccount));
        yield return new("sans", Each(row, ServiceAccountNamespace));
        yield return new("node", [.. Each(row, Node).Concat(Extra(ExtraKeys.NodeName)).Distinct(StringComparer.Ordinal)]);
        yield return new("nodeuid", Extra(ExtraKeys.NodeUid));
        yield return new("pod", Extra(ExtraKeys.PodName));
        yield return new("poduid", Extra(ExtraKeys.PodUid));
        yield return new("credential", Extra(ExtraKeys.CredentialId));
        yield return new("issued", JsonTexts.At(raw, "annotations", ExtraKeys.IssuedCredentialId));
        yield return new("arn", Extra(ExtraKeys.Arn));
        yield return new("sessionname", Extra(ExtraKeys.SessionName));
        yield return new("accesskey", Extra(ExtraKeys.AccessKeyId));
        yield return new("oid", Extra(ExtraKeys.ObjectId));
        yield return new("assertion", [.. Extra(ExtraKeys.GkeUserAssertion), .. Extra(ExtraKeys.GkeIamUserAssertion)]);
        foreach (var field in OfTool(row.Agent).Concat(OfSession(row)).Concat(OfGrant(row.DecisionReason)))
            yield return new(field.Name, [field.Value]);
    }

    private static List<(string Name, string Value)> OfTool(string agent)
    {
        var tool = Tool.Of(Encoding.UTF8.GetBytes(agent));
        return [("tool", Text(tool.Name)), ("toolversion", Text(tool.Version))];
    }

    private static List<(string Name, string Value)> OfSession(StoredEvent row)
    {
        var uri = Encoding.UTF8.GetBytes(row.Uri);
        if (!PodSession.TryParse(uri, Encoding.UTF8.GetBytes(row.Subresource), out var session))
            return [];
        var buffer = new byte[uri.Length];
        return
        [
            ("command", Text(buffer.AsSpan(0, session.WriteCommand(buffer)))),
            ("container", Text(buffer.AsSpan(0, session.WriteContainer(buffer)))),
            ("stdin", session.HasStdin ? "true" : ""),
            ("tty", session.HasTty ? "true" : ""),
        ];
    }

    private static List<(string Name, string Value)> OfGrant(string reason)
    {
        if (!Grant.TryParse(Encoding.UTF8.GetBytes(reason), out var grant))
            return [];
        var binding = Text(grant.Binding);
        var subject = Text(grant.Subject);
        return
        [
            ("binding", grant.BindingKind.SequenceEqual("RoleBinding"u8) ? Reordered(binding) : binding),
            ("role", Text(grant.Role)),
            ("subject", grant.SubjectKind.SequenceEqual("ServiceAccount"u8) ? Reordered(subject) : subject),
        ];
    }

    private static string[] Each(StoredEvent row, Func<string, string?> part) =>
        [.. new[] { part(row.User), part(row.ImpersonatedUser) }.OfType<string>().Distinct(StringComparer.Ordinal)];

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
