using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization;
using Reeve.Commands;
using Reeve.Server.Api;

namespace Reeve.Setup;

/// <summary>Asks a running Reeve who delivers.</summary>
internal sealed class ReeveClient : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    private readonly HttpClient _http;
    private readonly X509Certificate2Collection? _authority;

    /// <param name="url">The address of pages and API.</param>
    /// <param name="token">A token that reads; null to ask without.</param>
    /// <param name="authority">Certificates in PEM to trust instead of the system's; null for the system's.</param>
    public ReeveClient(Uri url, string? token, string? authority)
    {
        var handler = new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5) };
        if (authority is not null)
        {
            _authority = [];
            _authority.ImportFromPem(authority);
            handler.SslOptions.CertificateChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(_authority);
        }

        _http = new(handler) { BaseAddress = url, Timeout = TimeSpan.FromSeconds(10) };
        if (token is not null)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>What it says now.</summary>
    /// <exception cref="CommandFailedException">It cannot be asked: what is wrong, and what to do.</exception>
    public async Task<ServerView> LookAsync(CancellationToken ct)
    {
        var sources = await GetAsync<SourceEndpoints.Answer>("/api/v1/sources", ct);
        var senders = await GetAsync<SenderEndpoints.Answer>("/api/v1/senders", ct);
        return new(sources.Sources, senders.Senders);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        foreach (var certificate in _authority ?? [])
            certificate.Dispose();
    }

    private async Task<T> GetAsync<T>(string path, CancellationToken ct)
    {
        try
        {
            using var response = await _http.GetAsync(path, ct);
            if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
                throw Failed("it does not take the token; REEVE_TOKEN is one that reads, of: reeve token create --role viewer");
            response.EnsureSuccessStatusCode();
            return await response.Content.ReadFromJsonAsync<T>(Json, ct) ?? throw Failed("it answers nothing");
        }
        catch (HttpRequestException failure)
        {
            throw Failed(failure.HttpRequestError == HttpRequestError.SecureConnectionError
                ? $"TLS fails; where its certificate is not trusted, name what signed it with --ca ({failure.InnerException?.Message ?? failure.Message})"
                : failure.Message);
        }
        catch (JsonException)
        {
            throw Failed("what answers there is no Reeve of this version");
        }
        catch (TaskCanceledException) when (!ct.IsCancellationRequested)
        {
            throw Failed("it does not answer; is a firewall between?");
        }
    }

    private CommandFailedException Failed(string why) => new(ExitCode.Failed, $"{_http.BaseAddress}: {why}");
}
