using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Reeve.Server.Configuration;
using Reeve.Server.Security;

namespace Reeve.Server.Hosting;

/// <summary>Opens the listener of the configuration, after the guard has let it pass.</summary>
internal static class KestrelListener
{
    // Nothing but forms and small JSON comes in here; the webhook takes more once it has seen a token.
    private const long MaxBody = 1 << 20;

    // An idle connection costs some KiB; a browser and an apiserver take a few each.
    private const long MaxConnections = 4_000;

    public static void UseReeveKestrel(this IWebHostBuilder web, ListenConfiguration listen, bool hasAdministrator)
    {
        if (ListenGuard.Check(listen, hasAdministrator) is { } refusal)
            throw new ConfigurationException([new ConfigurationError("listen.http", 0, 0, refusal)]);
        var certificate = listen.Tls is { } tls ? Load(tls) : null;
        web.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = MaxBody;
            options.Limits.MaxConcurrentConnections = MaxConnections;
            options.Limits.MaxConcurrentUpgradedConnections = MaxConnections;
            options.Listen(listen.Http.Address, listen.Http.Port, listener =>
            {
                if (certificate is not null)
                    listener.UseHttps(certificate);
            });
        });
    }

    private static X509Certificate2 Load(TlsConfiguration tls)
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(tls.Certificate, tls.Key);
        }
        catch (Exception failure) when (failure is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ConfigurationException([new ConfigurationError("listen.tls", 0, 0, $"{tls.Certificate} with {tls.Key}: {failure.Message}")]);
        }
    }
}
