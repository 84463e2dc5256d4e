using System.Text.Json.Nodes;
using CsCheck;
using Reeve.Audit.Callers;
using Reeve.Store.Tests.Support;

namespace Reeve.Store.Tests.Query;

/// <summary>Events whose fields hold others, well formed, nearly so, and not at all.</summary>
internal static class DerivedGen
{
    private static readonly Gen<string> Odd = Gen.OneOf(
        Gen.String[Gen.Char["ab:/ .-\"\\?&=%+\n\té"], 0, 8],
        QueryGen.Pick("", "a", "web-1", "é", "\0", "x\"y", "x\\y", "%", "%4", "%zz", "%ff", "%C3%A9", "+", "false", "0", "true", "/", "\\\"", "\n"));

    private static readonly Gen<string> User = Gen.OneOf(
        Odd,
        Gen.Select(QueryGen.Pick("system:serviceaccount:", "system:node:", "system:serviceaccounts:"), Odd).Select((lead, rest) => lead + rest),
        QueryGen.Pick("system:serviceaccount:ci:deployer", "system:serviceaccount:a:b:c", "system:serviceaccount::x", "system:serviceaccount:x:", "system:serviceaccount:ci:deployer\n", "system:node:n1", "alice"));

    private static readonly Gen<string> Agent = Gen.OneOf(
        Odd,
        Gen.Select(Odd, Odd, Odd).Select((name, version, rest) => $"{name}/{version} ({rest}) kubernetes/{rest}"),
        Gen.Select(QueryGen.Pick(ToolTable.Rows.ToArray()), Odd, Odd).Select((row, version, rest) => $"{row.Begins}{rest}{row.VersionAfter}{version}{row.Holds}{rest}"),
        QueryGen.Pick("kubectl.exe/v1.33.1 (windows/amd64) kubernetes/8adc0f0", ".exe", "a.exe", "  curl/8", "/odd", "a//b", "(x)", "HashiCorp/1.0 Terraform/1.5.7"));

    private static readonly Gen<string> Parameter = Gen.Select(
        QueryGen.Pick("command", "comm%61nd", "command+", "%63ommand", "cmd", "container", "stdin", "tty", "t%74y", "other", "%zzcommand"), QueryGen.Pick("=", "", "=="), Odd)
        .Select((name, between, value) => name + between + value);

    private static readonly Gen<string> Uri = Gen.OneOf(
        Odd,
        Gen.Select(
            QueryGen.Pick("/api/v1/namespaces/shop/pods/web-1/exec", "/x/attach", "/api/v1/nodes/n1/proxy/run/shop/web/c", "/api/v1/nodes/n1/proxy/exec/shop/web/c", "/api", "/exec/"),
            QueryGen.Pick("?", "", "??"), Parameter.List[0, 5])
            .Select((path, mark, parameters) => path + mark + string.Join('&', parameters)));

    private static readonly Gen<string> Name = Gen.OneOf(Odd, QueryGen.Pick("ops", "ops/shop", "a/b/c")).Select(Quote);

    private static readonly Gen<string> Reason = Gen.OneOf(
        Odd,
        Gen.Select(
            QueryGen.Pick("RBAC", "EKS Access Policy", "", "RBAC:", "x1", new string('a', 40), new string('a', 41)),
            QueryGen.Pick("ClusterRoleBinding", "RoleBinding", "Binding"), Name, QueryGen.Pick("ClusterRole", "Role", "ClusterRoleX"), Name,
            QueryGen.Pick("User", "Group", "ServiceAccount", "Users"), Name, QueryGen.Pick("", "\n", "webhook: no opinion\n", "\n\n", "x"))
            .Select((who, bindingKind, binding, roleKind, role, subjectKind, subject, before) =>
                $"{before}{who}: allowed by {bindingKind} {binding} of {roleKind} {role} to {subjectKind} {subject}"));

    private static readonly string[] Keys =
    [
        ExtraKeys.CredentialId, ExtraKeys.PodName, ExtraKeys.PodUid, ExtraKeys.NodeName, ExtraKeys.NodeUid, ExtraKeys.Arn, ExtraKeys.SessionName,
        ExtraKeys.AccessKeyId, ExtraKeys.ObjectId, ExtraKeys.GkeUserAssertion, ExtraKeys.GkeIamUserAssertion,
    ];

    private static readonly Gen<(string Key, string[] Values, bool Alone)> Extra = Gen.Select(QueryGen.Pick(Keys), Odd.Array[0, 3], Gen.Bool);

    public static readonly Gen<SampleEvent> Event = Gen.Select(
        Gen.Select(User, User, Agent), Gen.Select(Uri, QueryGen.Pick("", "exec", "attach", "log", "proxy"), Reason), Extra.List[0, 4], Odd,
        (who, what, extra, issued) =>
        {
            var json = Samples.Json(user: who.Item1);
            json["impersonatedUser"] = new JsonObject { ["username"] = who.Item2 };
            json["userAgent"] = who.Item3;
            json["requestURI"] = what.Item1;
            json["objectRef"]!["subresource"] = what.Item2;
            json["annotations"] = new JsonObject { ["authorization.k8s.io/reason"] = what.Item3, [ExtraKeys.IssuedCredentialId] = issued };
            var map = new JsonObject();
            foreach (var (key, values, alone) in extra)
                map[key] = alone && values.Length > 0 ? values[0] : new JsonArray([.. values.Select(value => (JsonNode)value)]);
            json["user"]!["extra"] = map;
            return Samples.Of(json.ToJsonString());
        });

    // As Go's %q for what can be printed.
    private static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"";
}
