using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization;
using Reeve.Audit.Sentences;
using Reeve.Commands;
using Reeve.Server.Api;
using Reeve.Setup;

namespace Reeve.Servers;

/// <summary>Asks a running Reeve who delivers, and what it has stored.</summary>
internal sealed class ReeveClient : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    // Rows of traffic, 200,000 at most.
    private const long LargestAnswer = 256 << 20;

    // A store adds up a month in a minute or so.
    private static readonly TimeSpan ShortRead = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongRead = TimeSpan.FromMinutes(5);

    private readonly HttpClient _http;
    private readonly X509Certificate2Collection? _authority;

    /// <param name="url">The address of pages and API.</param>
    /// <param name="token">A token that reads; null to ask without.</param>
    /// <param name="authority">Certificates in PEM to trust instead of the system's; null for the system's.</param>
    /// <exception cref="CommandFailedException">The token would travel in clear.</exception>
    public ReeveClient(Uri url, string? token, string? authority)
    {
        if (url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback && !string.IsNullOrEmpty(token))
            throw new CommandFailedException(ExitCode.WrongUsage, $"{url}: the token would travel in clear; use https");
        var handler = new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5) };
        if (authority is not null)
        {
            _authority = [];
            _authority.ImportFromPem(authority);
            handler.SslOptions.CertificateChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(_authority);
        }

        _http = new(handler) { BaseAddress = url, Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LargestAnswer };
        if (!string.IsNullOrEmpty(token))
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>The traffic it has stored.</summary>
    /// <param name="from">The first time; null for its default.</param>
    /// <param name="to">The time after the last.</param>
    /// <param name="cluster">One cluster; null for all.</param>
    /// <param name="hasNames">Whether objects of different names are told apart.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="CommandFailedException">It cannot be asked: what is wrong, and what to do.</exception>
    public Task<PolicyTrafficEndpoint.Answer> TrafficAsync(string? from, string? to, string? cluster, bool hasNames, CancellationToken ct)
    {
        var query = string.Join('&', new[] { ("from", from), ("to", to), ("cluster", cluster), ("names", hasNames ? "true" : "false") }
            .Where(each => each.Item2 is not null).Select(each => $"{each.Item1}={Uri.EscapeDataString(each.Item2!)}"));
        return GetAsync<PolicyTrafficEndpoint.Answer>($"/api/v1/policy/traffic?{query}", LongRead, ct);
    }

    /// <summary>What it says now.</summary>
    /// <exception cref="CommandFailedException">It cannot be asked: what is wrong, and what to do.</exception>
    public async Task<ServerView> LookAsync(CancellationToken ct)
    {
        var sources = await GetAsync<SourceEndpoints.Answer>("/api/v1/sources", ShortRead, ct);
        var senders = await GetAsync<SenderEndpoints.Answer>("/api/v1/senders", ShortRead, ct);
        return new(sources.Sources, senders.Senders);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        foreach (var certificate in _authority ?? [])
            certificate.Dispose();
    }

    private async Task<T> GetAsync<T>(string path, TimeSpan patience, CancellationToken ct)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(ct);
        late.CancelAfter(patience);
        try
        {
            using var response = await _http.GetAsync(path, late.Token);
            if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
                throw Failed("it does not take the token; REEVE_TOKEN is one that reads, of: reeve token create --role viewer");
            if (response.StatusCode == HttpStatusCode.BadRequest)
                throw Failed(await ProblemOfAsync(response, late.Token));
            response.EnsureSuccessStatusCode();
            return await response.Content.ReadFromJsonAsync<T>(Json, late.Token) ?? throw Failed("it answers nothing");
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
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw Failed("it does not answer; is a firewall between?");
        }
    }

    private static async Task<string> ProblemOfAsync(HttpResponseMessage response, CancellationToken ct) =>
        (await response.Content.ReadFromJsonAsync<JsonElement>(Json, ct)).TryGetProperty("detail", out var detail) && detail.ValueKind == JsonValueKind.String
            ? Printable.Text(detail.GetString()!)
            : "it does not take the question";

    private CommandFailedException Failed(string why) => new(ExitCode.Failed, $"{_http.BaseAddress}: {why}");
}
