using System.Net;

namespace Reeve.Detection.Matching.Tests;

/// <summary>The value is an address of a network.</summary>
internal sealed class NetworkTest(IPNetwork network) : BytesTest
{
    private const int LongestAddress = 64;

    public override int Cost => 3;

    public override bool Passes(ReadOnlySpan<byte> value, MatchSession session)
    {
        // "1" is 0.0.0.1 to the library.
        if (value.Length > LongestAddress || !(value.Contains((byte)':') || value.Count((byte)'.') == 3) || !IPAddress.TryParse(value, out var address))
            return false;
        return network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
    }
}
