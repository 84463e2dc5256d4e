using System.Net;
using System.Net.Sockets;

namespace Reeve.Server.Security;

/// <summary>
/// Slows guessing of passwords, per sender and per user name. A success gives back what it took, so people and programs
/// that know the password are never slowed. Thread-safe; memory is bounded.
/// </summary>
internal sealed class SignInThrottle(TimeProvider time)
{
    private readonly AttemptBuckets _addresses = new(time, burst: 20, refill: TimeSpan.FromSeconds(15));
    private readonly AttemptBuckets _users = new(time, burst: 10, refill: TimeSpan.FromMinutes(1));

    /// <summary>Whether this attempt may be looked at.</summary>
    public bool TryBegin(IPAddress? address, string user) =>
        _addresses.TryTake(Network(address)) && _users.TryTake(Name(user));

    /// <summary>Gives back what <see cref="TryBegin"/> took.</summary>
    public void Succeeded(IPAddress? address, string user)
    {
        _addresses.GiveBack(Network(address));
        _users.GiveBack(Name(user));
    }

    private static string Name(string user) =>
        user.Length > PasswordRules.MaxNameLength ? "" : user.ToUpperInvariant();

    /// <summary>Names where an address is from: whoever has one IPv6 address has 2^64 of them (RFC 4291 §2.5.4).</summary>
    public static string Network(IPAddress? address)
    {
        if (address is null)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }
}
