namespace Reeve.Store.Query.Sql;

/// <summary>What exec and attach ask for in <c>uri</c>, as <see cref="Audit.Requests.PodSession"/> reads it.</summary>
internal static class SessionSql
{
    private const string Path = "if(position(uri, '?') > 0, substring(uri, 1, position(uri, '?') - 1), uri)";
    private const string Pairs = "splitByChar('&', if(position(uri, '?') > 0, substring(uri, position(uri, '?') + 1), ''))";
    private const string BrokenEscape = "'%(?:[^0-9A-Fa-f]|[0-9A-Fa-f][^0-9A-Fa-f]|[0-9A-Fa-f]?\\\\z)'";

    private const string RunsCommand = $"(subresource = 'exec' OR endsWith({Path}, '/exec') OR position({Path}, '/proxy/exec/') > 0)";
    private const string RunsByKubelet = $"position({Path}, '/proxy/run/') > 0";
    private const string Attaches = $"(subresource = 'attach' OR endsWith({Path}, '/attach'))";

    public static string Command { get; } = $"multiIf({RunsCommand}, {Joined("command")}, {RunsByKubelet}, {Joined("cmd")}, '')";

    public static string Container { get; } = $"if({RunsCommand} OR {RunsByKubelet} OR {Attaches}, {Joined("container")}, '')";

    public static string IsSet(string parameter)
    {
        var values = Values(parameter);
        return $"(({RunsCommand} OR {RunsByKubelet} OR {Attaches}) AND notEmpty({values}) AND lower({values}[1]) NOT IN ('0', 'false'))";
    }

    private static string Joined(string parameter) => $"arrayStringConcat(arrayMap(v -> {Decoded("v")}, {Values(parameter)}), ' ')";

    private static string Values(string parameter) =>
        $"arrayMap(p -> substring(p, position(p, '=') + 1), arrayFilter(p -> position(p, '=') > 0 AND {IsNamed("substring(p, 1, position(p, '=') - 1)", parameter)}, {Pairs}))";

    private static string IsNamed(string name, string parameter) =>
        $"({name} = '{parameter}' OR (length({name}) <= 64 AND position({name}, '%') > 0 AND {Decoded(name)} = '{parameter}'))";

    private static string Decoded(string value) =>
        $"if(match({value}, {BrokenEscape}) OR NOT isValidUTF8(decodeURLFormComponent({value})), {value}, decodeURLFormComponent({value}))";
}
