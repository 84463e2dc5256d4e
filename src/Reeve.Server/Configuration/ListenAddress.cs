using System.Globalization;
using System.Net;

namespace Reeve.Server.Configuration;

/// <summary>Where a listener waits, written <c>127.0.0.1:8080</c>, <c>[::1]:8080</c>, <c>localhost:8080</c> or <c>:8080</c> (every address).</summary>
/// <param name="Address">The address of this machine.</param>
/// <param name="Port">The port; 0 takes a free one.</param>
public sealed record ListenAddress(IPAddress Address, int Port)
{
    /// <summary>Whether only this machine can reach it.</summary>
    public bool IsLoopback => IPAddress.IsLoopback(Address);

    /// <summary>Reads the written form; host names other than <c>localhost</c> are not resolved.</summary>
    public static bool TryParse(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ListenAddress? listen)
    {
        ArgumentNullException.ThrowIfNull(text);
        listen = null;
        var colon = text.LastIndexOf(':');
        if (colon < 0 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            return false;
        var address = text[..colon] switch
        {
            "" or "*" => IPAddress.IPv6Any,
            "localhost" => IPAddress.Loopback,
            ['[', .. var inner, ']'] => IPAddress.TryParse(inner, out var six) ? six : null,
            var host => host.Contains(':') || !IPAddress.TryParse(host, out var four) ? null : four,
        };
        if (address is not null)
            listen = new ListenAddress(address, port);
        return listen is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => new IPEndPoint(Address, Port).ToString();
}
