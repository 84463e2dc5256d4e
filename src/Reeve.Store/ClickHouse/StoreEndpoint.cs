using System.Diagnostics.CodeAnalysis;

namespace Reeve.Store.ClickHouse;

/// <summary>Where the store answers: the embedded one on its Unix socket, or a ClickHouse HTTP endpoint.</summary>
public sealed record StoreEndpoint
{
    /// <summary>The database that unqualified table names mean, unless told otherwise.</summary>
    public const string DefaultDatabase = "reeve";

    private StoreEndpoint()
    {
    }

    /// <summary>The address of the HTTP interface; for a socket, a stand-in.</summary>
    public required Uri Address { get; init; }

    /// <summary>The Unix domain socket; null for <c>store.url</c>.</summary>
    public string? Socket { get; private init; }

    /// <summary>ClickHouse user.</summary>
    public string User { get; init; } = "default";

    /// <summary>Password of the user; never logged.</summary>
    public string Password { get; init; } = "";

    /// <summary>The database of unqualified names.</summary>
    public string Database { get; init; } = DefaultDatabase;

    /// <summary>The embedded store on its socket.</summary>
    public static StoreEndpoint FromSocket(string path) => new() { Address = new Uri("http://reeve-store/"), Socket = path };

    /// <summary>Reads <c>store.url</c>: <c>http(s)://[user[:password]@]host[:port][/database]</c>; 8123, or 8443 with https, where no port is given.</summary>
    public static bool TryParse(string url, [NotNullWhen(true)] out StoreEndpoint? endpoint, [NotNullWhen(false)] out string? error)
    {
        endpoint = null;
        error = null;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
        {
            error = "store.url is no address of a ClickHouse HTTP interface; it looks like https://user:password@clickhouse.example:8443/reeve";
            return false;
        }

        var database = Uri.UnescapeDataString(uri.AbsolutePath.Trim('/'));
        if (database.Contains('/') || uri.Query.Length > 0)
        {
            error = "store.url names at most a database after the host, such as https://clickhouse.example:8443/reeve";
            return false;
        }

        var port = uri.IsDefaultPort && !url.Contains($":{uri.Port}", StringComparison.Ordinal) ? uri.Scheme == "https" ? 8443 : 8123 : uri.Port;
        var credentials = uri.UserInfo.Split(':', 2);
        endpoint = new StoreEndpoint
        {
            Address = new UriBuilder(uri.Scheme, uri.Host, port).Uri,
            User = credentials[0].Length > 0 ? Uri.UnescapeDataString(credentials[0]) : "default",
            Password = credentials.Length > 1 ? Uri.UnescapeDataString(credentials[1]) : "",
            Database = database.Length > 0 ? database : DefaultDatabase,
        };
        return true;
    }

    /// <summary>The endpoint without its password.</summary>
    public override string ToString() => Socket is null ? $"{Address.Scheme}://{Address.Authority}/{Database}" : $"unix:{Socket}";
}
