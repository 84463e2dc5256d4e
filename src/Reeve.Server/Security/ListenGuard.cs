using Reeve.Server.Configuration;

namespace Reeve.Server.Security;

/// <summary>Keeps a server that anybody could use, or listen in on, from being reachable by other machines.</summary>
internal static class ListenGuard
{
    /// <summary>Null when the server may listen; else one line that says why not and what to set.</summary>
    public static string? Check(ListenConfiguration listen, bool hasAdministrator)
    {
        ArgumentNullException.ThrowIfNull(listen);
        if (listen.Http.IsLoopback)
            return null;
        if (listen.Tls is null)
            return $"{listen.Http} can be reached from other machines, but passwords would travel unencrypted: set listen.tls.certificate and listen.tls.key, or listen.http: 127.0.0.1:{listen.Http.Port}";
        if (!hasAdministrator)
            return $"{listen.Http} can be reached from other machines, but there is no administrator yet: start once with listen.http: 127.0.0.1:{listen.Http.Port} and open the link it prints";
        return null;
    }
}
