namespace Reeve.Store.Query.Sql;

/// <summary>Binding, role and subject in <c>decision_reason</c>, as <see cref="Audit.Requests.Grant"/> reads them.</summary>
internal static class GrantSql
{
    private const string Quoted = "\"(?:[^\"\\\\\\\\\\n]|\\\\\\\\[^\\n])*\"";

    public static string Binding { get; } = Reordered(Group(1), "RoleBinding \"");

    public static string Role { get; } = Unquoted(Group(2));

    public static string Subject { get; } = Reordered(Group(3), "ServiceAccount \"");

    // Which of the three is captured; the text with its kind, to see what it names.
    private static string Group(int captured)
    {
        string Part(int number, string kinds) => $"{(number == captured ? "(" : "(?:")}(?:{kinds}) {Quoted})";
        var pattern = $"(?:^|\\n)[A-Za-z ]{{1,40}}: allowed by {Part(1, "ClusterRoleBinding|RoleBinding")} of {Part(2, "ClusterRole|Role")}"
            + $" to {Part(3, "User|Group|ServiceAccount")}";
        return $"extract(decision_reason, '{pattern}')";
    }

    private static string Unquoted(string part) => $"replaceRegexpOne({part}, '(?s)^[A-Za-z]+ \"(.*)\"\\\\z', '\\\\1')";

    // The authorizer writes NAME/NAMESPACE.
    private static string Reordered(string part, string kind) =>
        $"if(startsWith({part}, '{kind}'), replaceRegexpOne({Unquoted(part)}, '(?s)^(.*)/([^/]*)\\\\z', '\\\\2/\\\\1'), {Unquoted(part)})";
}
