using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Reeve.EndToEnd.Support;

/// <summary>A person with an API token: signs up by the one-time link as a browser would, then asks the API.</summary>
internal sealed partial class Analyst : IDisposable
{
    public const string User = "alice";
    public const string Password = "correct horse battery staple";

    private readonly HttpClient _client;

    public Analyst(Uri address, string token) => _client = Client(address, token);

    /// <summary>The API token; it stays valid over restarts of the server.</summary>
    public string Token => _client.DefaultRequestHeaders.Authorization!.Parameter!;

    /// <summary>Makes the first administrator and a token.</summary>
    public static async Task<Analyst> SignUpAsync(ReeveProcess server)
    {
        Assert.NotNull(server.WelcomeLink);
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = server.Address };
        var form = FormToken.Match(await browser.GetStringAsync("/welcome"));
        Assert.True(form.Success, "the welcome page has no form");
        using var answer = await browser.PostAsync("/welcome", new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["__RequestVerificationToken"] = WebUtility.HtmlDecode(form.Groups["token"].Value),
            ["token"] = server.WelcomeLink.Fragment[1..],
            ["user"] = User,
            ["password"] = Password,
        }));
        Assert.Equal("/", answer.Headers.Location?.OriginalString);
        using var made = await browser.PostAsJsonAsync("/api/v1/tokens", new { name = "test", role = "admin" });
        var body = await made.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(made.IsSuccessStatusCode, body.ToString());
        return new(server.Address, body.GetProperty("secret").GetString()!);
    }

    /// <summary>The same person after a restart of the server.</summary>
    public Analyst At(ReeveProcess server) => new(server.Address, Token);

    /// <summary>Asks the API.</summary>
    public Task<JsonElement> GetAsync(string path) => _client.GetFromJsonAsync<JsonElement>(path);

    /// <summary>Asks for text.</summary>
    public Task<string> TextAsync(string path) => _client.GetStringAsync(path);

    /// <summary>Asks and answers the status code.</summary>
    public async Task<int> StatusAsync(string path)
    {
        using var answer = await _client.GetAsync(path);
        return (int)answer.StatusCode;
    }

    /// <summary>Waits until the server has received so many events, stored or not.</summary>
    public Task WaitForReceivedAsync(long count) =>
        WaitForMetricAsync("reeve_events_received_total", value => value >= count);

    /// <summary>Waits until the sum of a metric's series is as wanted; above 0 unless told.</summary>
    public async Task WaitForMetricAsync(string name, Func<double, bool>? wanted = null)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!(wanted ?? (value => value > 0))(await SumAsync(name)))
            await poll.WaitForNextTickAsync(patience.Token);
    }

    /// <summary>The sum of a metric's series now; 0 where there is none yet.</summary>
    public async Task<double> SumAsync(string name) => Sum(await TextAsync("/metrics"), name);

    /// <summary>How many events there are, all stages.</summary>
    public async Task<long> CountAsync(string query = "") =>
        (await GetAsync($"/api/v1/stats?view=events&q={Uri.EscapeDataString(query)}")).GetProperty("total").GetInt64();

    /// <summary>Waits until there are <paramref name="count"/> events, then looks once more that it does not grow beyond.</summary>
    public Task WaitForCountAsync(long count) => WaitForQueryAsync("", count);

    /// <summary>Where a syslog source listens, as soon as it does.</summary>
    public async Task<IPEndPoint> AddressOfAsync(string source)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            var found = (await GetAsync("/api/v1/sources")).GetProperty("sources").EnumerateArray()
                .FirstOrDefault(one => one.GetProperty("name").GetString() == source);
            if (found.ValueKind == JsonValueKind.Object && found.TryGetProperty("listen", out var listen) && listen.GetString() is { } address)
                return IPEndPoint.Parse(address);
            await poll.WaitForNextTickAsync(patience.Token);
        }
    }

    /// <summary>Waits until a filter finds <paramref name="count"/> events, then looks once more that there are no more.</summary>
    public async Task WaitForQueryAsync(string query, long count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        var found = -1L;
        while (found < count)
        {
            Assert.True(await poll.WaitForNextTickAsync(CancellationToken.None));
            Assert.False(patience.IsCancellationRequested, $"{found} events of {count} arrived");
            try
            {
                found = await CountAsync(query);
            }
            catch (HttpRequestException)
            {
                // The store is away for a moment; that is what some of these tests are about.
            }
        }

        Assert.Equal(count, found);
    }

    /// <summary>Every event with its JSON.</summary>
    public async Task<List<JsonElement>> AllAsync(string query = "")
    {
        var rows = new List<JsonElement>();
        var after = "";
        while (true)
        {
            var page = await GetAsync($"/api/v1/search?view=events&raw=true&limit=1000&q={Uri.EscapeDataString(query)}{after}");
            rows.AddRange(page.GetProperty("rows").EnumerateArray());
            if (page.GetProperty("next").GetString() is not { } next)
                return rows;
            after = $"&after={Uri.EscapeDataString(next)}";
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static double Sum(string metrics, string name) => metrics.Split('\n')
        .Where(line => line.StartsWith(name + "{", StringComparison.Ordinal) || line.StartsWith(name + " ", StringComparison.Ordinal))
        .Sum(line => double.Parse(line.Split(' ')[1]));

    private static HttpClient Client(Uri address, string token)
    {
        var client = new HttpClient { BaseAddress = address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"(?<token>[^\"]+)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex FormToken { get; }
}
