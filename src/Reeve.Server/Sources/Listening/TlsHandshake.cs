using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Reeve.Server.Configuration;

namespace Reeve.Server.Sources.Listening;

/// <summary>Makes a connection TLS, as the server (RFC 5425 for syslog). Thread-safe.</summary>
internal sealed class TlsHandshake : IDisposable
{
    private readonly SslServerAuthenticationOptions _options;
    private readonly IReadOnlyList<X509Certificate2> _owned;

    private TlsHandshake(SslServerAuthenticationOptions options, IReadOnlyList<X509Certificate2> owned) => (_options, _owned) = (options, owned);

    /// <summary>Reads the certificates.</summary>
    /// <exception cref="IOException">They cannot be read; the message says which and why.</exception>
    public static TlsHandshake Load(SenderTls tls)
    {
        // Its own certificate comes first in the file, those that lead to the authority after it.
        var chain = Read(tls.Certificate, () => All(tls.Certificate));
        var own = Read($"{tls.Certificate} with {tls.Key}", () => X509Certificate2.CreateFromPemFile(tls.Certificate, tls.Key));
        var options = new SslServerAuthenticationOptions { ServerCertificateContext = SslStreamCertificateContext.Create(own, chain, offline: true) };
        X509Certificate2Collection authorities = tls.ClientAuthority is { } file ? Read(file, () => All(file)) : [];
        if (tls.ClientAuthority is not null)
        {
            options.ClientCertificateRequired = true;
            options.CertificateChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
        }

        return new(options, [own, .. chain, .. authorities]);
    }

    /// <summary>Comes to terms with the sender.</summary>
    /// <exception cref="AuthenticationException">The sender is not who may send, or no TLS.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public Task RunAsync(SslStream stream, CancellationToken ct) => stream.AuthenticateAsServerAsync(_options, ct);

    /// <summary>The name in the sender's certificate: its first DNS name, or else its common name; empty without a certificate.</summary>
    public static string NameOf(SslStream stream)
    {
        if (stream.RemoteCertificate is not X509Certificate2 certificate)
            return "";
        var name = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(names => names.EnumerateDnsNames()).FirstOrDefault();
        return name ?? certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
    }

    /// <summary>Why it did not come about, a sentence without its full stop.</summary>
    public static string ReasonOf(Exception failure) => failure switch
    {
        OperationCanceledException => "The sender began none, or did not go on",
        AuthenticationException { InnerException: { } inner } => inner.Message.TrimEnd('.'),
        _ => failure.Message.TrimEnd('.'),
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var certificate in _owned)
            certificate.Dispose();
    }

    private static X509Certificate2Collection All(string file)
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPemFile(file);
        return all.Count > 0 ? all : throw new CryptographicException("there is no certificate in it");
    }

    private static T Read<T>(string what, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new IOException($"{what}: {failure.Message}", failure);
        }
    }
}
