using System.Net;

namespace Reeve.Audit;

/// <summary>Which of an event's source addresses can be believed.</summary>
public static class ClientAddress
{
    /// <summary>
    /// From the last source address to the first, the first that is no trusted proxy; invalid ones are skipped. Of
    /// proxies only, the earliest. <see cref="IPAddress.IPv6None"/> if there is no address at all.
    /// </summary>
    public static IPAddress Of(AuditEvent auditEvent, TrustedProxies proxies)
    {
        ArgumentNullException.ThrowIfNull(auditEvent);
        ArgumentNullException.ThrowIfNull(proxies);
        var found = IPAddress.IPv6None;
        var sources = auditEvent.SourceIps;
        for (var i = sources.Count - 1; i >= 0; i--)
        {
            if (!IPAddress.TryParse(sources[i], out var address))
                continue;
            found = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
            if (!proxies.Contains(found))
                break;
        }

        return found;
    }
}
