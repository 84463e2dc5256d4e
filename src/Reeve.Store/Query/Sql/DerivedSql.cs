using System.Collections.Frozen;
using Reeve.Audit.Callers;
using Reeve.Audit.Fields;

namespace Reeve.Store.Query.Sql;

/// <summary>
/// Fields without a column, as expressions over the columns they are read from. Each means what <see cref="DerivedFields"/>
/// says of the same event; a test compares them.
/// </summary>
internal static class DerivedSql
{
    // Their values stand as texts in the event's JSON and in no column.
    private static readonly FrozenDictionary<string, string> InJson = new Dictionary<string, string>
    {
        ["nodeuid"] = Extra(ExtraKeys.NodeUid),
        ["pod"] = Extra(ExtraKeys.PodName),
        ["poduid"] = Extra(ExtraKeys.PodUid),
        ["credential"] = Extra(ExtraKeys.CredentialId),
        ["issued"] = Texts("annotations", ExtraKeys.IssuedCredentialId),
        ["arn"] = Extra(ExtraKeys.Arn),
        ["sessionname"] = Extra(ExtraKeys.SessionName),
        ["accesskey"] = Extra(ExtraKeys.AccessKeyId),
        ["oid"] = Extra(ExtraKeys.ObjectId),
        ["assertion"] = $"arrayConcat({Extra(ExtraKeys.GkeUserAssertion)}, {Extra(ExtraKeys.GkeIamUserAssertion)})",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> FromColumns = new Dictionary<string, string>
    {
        ["sa"] = OfBothUsers(user => $"replaceOne(substring({user}, {ServiceAccountName.Prefix.Length + 1}), ':', '/')", IsServiceAccount),
        ["sans"] = OfBothUsers(user => $"extract({user}, '^system:serviceaccount:([^:]+)')", IsServiceAccount),
        ["node"] = $"arrayDistinct(arrayConcat({OfBothUsers(user => $"substring({user}, {NodeUser.Prefix.Length + 1})", IsNode)}, {Extra(ExtraKeys.NodeName)}))",
        ["tool"] = ToolSql.Name,
        ["toolversion"] = ToolSql.Version,
        ["command"] = SessionSql.Command,
        ["container"] = SessionSql.Container,
        ["stdin"] = SessionSql.IsSet("stdin"),
        ["tty"] = SessionSql.IsSet("tty"),
        ["binding"] = GrantSql.Binding,
        ["role"] = GrantSql.Role,
        ["subject"] = GrantSql.Subject,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Every such field.</summary>
    public static IEnumerable<string> Fields => FromColumns.Keys.Concat(InJson.Keys);

    /// <summary>The expression of a field; null where it has a column.</summary>
    public static string? Of(string field) => FromColumns.GetValueOrDefault(field) ?? InJson.GetValueOrDefault(field);

    /// <summary>Whether the field's values stand as texts in the event's JSON and in no column.</summary>
    public static bool IsReadFromJson(string field) => InJson.ContainsKey(field);

    private static string OfBothUsers(Func<string, string> value, Func<string, string> condition) =>
        $"arrayDistinct(arrayMap(u -> {value("u")}, arrayFilter(u -> {condition("u")}, [toString(user), toString(impersonated_user)])))";

    private static string IsServiceAccount(string user) => $"match({user}, '^system:serviceaccount:[a-z0-9-]+:[a-z0-9.-]+\\\\z')";

    private static string IsNode(string user) => $"(startsWith({user}, 'system:node:') AND length({user}) > {NodeUser.Prefix.Length})";

    private static string Extra(string key) => Texts("user", "extra", key);

    // A list of texts, or a text alone; the first of the two is [] for the second.
    private static string Texts(params string[] path)
    {
        var at = $"raw, {string.Join(", ", path.Select(name => $"'{name}'"))}";
        return $"if(JSONType({at}) = 'String', [JSONExtractString({at})], JSONExtract({at}, 'Array(String)'))";
    }
}
