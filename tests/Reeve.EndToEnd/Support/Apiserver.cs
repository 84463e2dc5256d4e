using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;

namespace Reeve.EndToEnd.Support;

/// <summary>
/// Sends batches to the webhook as a kube-apiserver does: several at once, each byte for byte again until it is answered
/// 200, while new ones overtake it. Follows the server over its restarts. Thread-safe.
/// </summary>
internal sealed class Apiserver(string cluster, string token) : IDisposable
{
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly ConcurrentQueue<string> _accepted = new();
    private Uri? _address;

    /// <summary>The auditIDs of all events that were answered 200, in the order of the answers.</summary>
    public IReadOnlyCollection<string> Accepted => _accepted;

    /// <summary>Answers other than 200, and requests without one.</summary>
    public int Failures => _failures;

    private int _failures;

    /// <summary>Where the server is from now on.</summary>
    public void Use(ReeveProcess server) => Volatile.Write(ref _address, server.Address);

    /// <summary>Sends events until they are taken.</summary>
    public async Task SendAsync(IReadOnlyList<string> auditIds, CancellationToken ct)
    {
        var body = Body(auditIds);
        using var backoff = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await TryAsync(body, ct))
        {
            Interlocked.Increment(ref _failures);
            await backoff.WaitForNextTickAsync(ct);
        }

        foreach (var id in auditIds)
            _accepted.Enqueue(id);
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    /// <summary>An EventList in kube-apiserver's form.</summary>
    public static byte[] Body(IEnumerable<string> auditIds) => Encoding.UTF8.GetBytes(
        $$"""{"kind":"EventList","apiVersion":"audit.k8s.io/v1","metadata":{},"items":[{{string.Join(',', auditIds.Select(Event))}}]}{{'\n'}}""");

    private static string Event(string auditId) =>
        $$$"""{"level":"Metadata","auditID":"{{{auditId}}}","stage":"ResponseComplete","requestURI":"/api/v1/namespaces/default/pods?limit=500","verb":"list","user":{"username":"alice","groups":["system:authenticated"]},"sourceIPs":["10.0.0.1"],"userAgent":"kubectl/v1.36.2","objectRef":{"resource":"pods","namespace":"default","apiVersion":"v1"},"responseStatus":{"metadata":{},"code":200},"requestReceivedTimestamp":"2026-11-23T03:00:00.000000Z","stageTimestamp":"2026-11-23T03:00:00.000000Z","annotations":{"authorization.k8s.io/decision":"allow","authorization.k8s.io/reason":""}}""";

    private async Task<bool> TryAsync(byte[] body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Volatile.Read(ref _address)!, $"/api/v1/sources/kubernetes/{cluster}/cp-1?timeout=30s"))
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            using var response = await _client.SendAsync(request, ct);
            if ((int)response.StatusCode is >= 400 and < 500)
                throw new InvalidOperationException($"the webhook refuses a good request: {response.StatusCode} {await response.Content.ReadAsStringAsync(ct)}");
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
