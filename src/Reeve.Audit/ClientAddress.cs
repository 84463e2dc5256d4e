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

    /// <summary>
    /// How many of the source addresses, from the first, are only claimed: all before <paramref name="trusted"/>, the
    /// result of <see cref="Of"/>; every one where none could be trusted.
    /// </summary>
    public static int ClaimedCount(AuditEvent auditEvent, IPAddress trusted)
    {
        ArgumentNullException.ThrowIfNull(auditEvent);
        ArgumentNullException.ThrowIfNull(trusted);
        var addresses = auditEvent.SourceIps;
        if (addresses.Count == 1 && !trusted.Equals(IPAddress.IPv6None))
            return 0;
        for (var i = addresses.Count - 1; i >= 0; i--)
        {
            if (IPAddress.TryParse(addresses[i], out var address) && address.MapToIPv6().Equals(trusted.MapToIPv6()))
                return i;
        }

        return addresses.Count;
    }
}
