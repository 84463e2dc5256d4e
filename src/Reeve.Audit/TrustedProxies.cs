using System.Net;

namespace Reeve.Audit;

/// <summary>The networks of a cluster's own proxies: what they say about the client is believed. Immutable.</summary>
public sealed class TrustedProxies(params IReadOnlyList<IPNetwork> networks)
{
    /// <summary>No proxies: the last address counts.</summary>
    public static TrustedProxies None { get; } = new();

    /// <summary>Whether an address is one of the proxies; IPv4 in IPv6 form counts as IPv4.</summary>
    public bool Contains(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        foreach (var network in networks)
        {
            if (network.Contains(address))
                return true;
        }

        return false;
    }

    /// <summary>Reads networks like <c>172.31.0.0/16</c> or single addresses; false names the first that is neither.</summary>
    public static bool TryParse(IEnumerable<string> texts, out TrustedProxies proxies, out string invalid)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var networks = new List<IPNetwork>();
        (proxies, invalid) = (None, "");
        foreach (var text in texts)
        {
            if (IPAddress.TryParse(text, out var address))
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            else if (IPNetwork.TryParse(text, out var network))
                networks.Add(network);
            else
            {
                invalid = text;
                return false;
            }
        }

        proxies = new TrustedProxies(networks);
        return true;
    }
}
