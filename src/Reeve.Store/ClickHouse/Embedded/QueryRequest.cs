using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Reeve.Store.ClickHouse.Embedded;

/// <summary>
/// One request of ClickHouse's HTTP interface: what the URL says. The statement is <c>query=</c>, or else the body;
/// with <c>query=</c>, the body is an INSERT's data.
/// </summary>
internal sealed partial record QueryRequest
{
    /// <summary>The most characters of a statement.</summary>
    public const int MaxSqlLength = 4 << 20;

    private const int MaxPairs = 512;

    /// <summary>URL parameters that are about the HTTP exchange and no settings of a query.</summary>
    private static readonly string[] Exchange =
    [
        "query", "database", "default_format", "query_id", "user", "password", "quota_key", "session_id", "session_timeout",
        "session_check", "close_session", "compress", "decompress", "buffer_size", "wait_end_of_query", "stacktrace", "role",
        "client_protocol_version", "enable_http_compression",
    ];

    /// <summary>The statement; null where it is in the body.</summary>
    public string? Sql { get; init; }

    public string Database { get; init; } = "default";

    public string Format { get; init; } = "TabSeparated";

    public string QueryId { get; init; } = Guid.NewGuid().ToString();

    /// <summary>ClickHouse settings by name; names are checked, values are not.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Settings { get; init; } = [];

    /// <summary>Query parameters by name, without <c>param_</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; } = [];

    /// <summary>Reads the URL's parameters; never throws. The error is ClickHouse's text with a code.</summary>
    public static bool TryRead(IQueryCollection url, [NotNullWhen(true)] out QueryRequest? request, [NotNullWhen(false)] out string? error)
    {
        request = null;
        error = null;
        var settings = new List<KeyValuePair<string, string>>();
        var parameters = new List<KeyValuePair<string, string>>();
        foreach (var (key, values) in url)
        {
            var value = values.Count > 0 ? values[^1] ?? "" : "";
            if (value.Contains('\0'))
                error = ChdbError.Text(36, "a parameter holds a NUL character", "BAD_ARGUMENTS");
            else if (Exchange.Contains(key))
                continue;
            else if (key.StartsWith("param_", StringComparison.Ordinal) && Name().IsMatch(key))
                parameters.Add(new(key["param_".Length..], value));
            else if (Name().IsMatch(key))
                settings.Add(new(key, value));
            else
                error = ChdbError.Text(115, "a parameter's name is no name of a setting", "UNKNOWN_SETTING");
            if (error is null && settings.Count + parameters.Count > MaxPairs)
                error = ChdbError.Text(36, $"more than {MaxPairs} parameters", "BAD_ARGUMENTS");
            if (error is not null)
                return false;
        }

        request = new QueryRequest { Settings = settings, Parameters = parameters };
        if (Text(url, "query") is { } sql)
            request = request with { Sql = sql };
        if (Text(url, "query_id") is { } id)
            request = request with { QueryId = id };
        if (Text(url, "default_format") is { } format)
            request = request with { Format = format };
        if (Text(url, "database") is { } database)
            request = request with { Database = database };
        if (!Name().IsMatch(request.Format))
            error = ChdbError.Text(73, "no name of a format", "UNKNOWN_FORMAT");
        else if (request.Sql?.Length > MaxSqlLength)
            error = ChdbError.Text(62, $"the statement is longer than {MaxSqlLength} characters", "SYNTAX_ERROR");
        return error is null;
    }

    /// <summary>The statement that gives a connection this request's settings.</summary>
    public string Apply()
    {
        var text = new StringBuilder("SET ");
        foreach (var (name, value) in Settings)
            text.Append(name).Append(" = ").Append(SqlText.Quote(value)).Append(", ");
        // chdb gives every query an id of its own; the comment is what KILL QUERY can find it by.
        return text.Append("log_comment = ").Append(SqlText.Quote(QueryId)).ToString();
    }

    /// <summary>The statement that takes them back.</summary>
    public string Revert()
    {
        var text = new StringBuilder("SET ");
        foreach (var (name, _) in Settings)
            text.Append(name).Append(" = DEFAULT, ");
        return text.Append("log_comment = DEFAULT").ToString();
    }

    private static string? Text(IQueryCollection url, string key) =>
        url.TryGetValue(key, out var values) && values.Count > 0 && !string.IsNullOrEmpty(values[^1]) ? values[^1] : null;

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]{0,127}$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
