using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Reeve.Server.Doctor;

/// <summary>Asks a running Reeve by its API what is lost or shown on the way to it.</summary>
internal static class LiveServer
{
    private const string Place = "server";
    private const string Span = "-24h";
    private const string SecretBodies = "resource:(secrets or tokenreviews) auditlevel:(Request or RequestResponse) verb:(create or update or patch)";

    private const int LargestAnswer = 64 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>What there is to say.</summary>
    /// <param name="server">Its address.</param>
    /// <param name="token">A token that may read; null without one.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="IOException">It cannot be asked; the message says why.</exception>
    public static async Task<IReadOnlyList<DoctorFinding>> ExamineAsync(string server, string? token, CancellationToken ct)
    {
        if (!Uri.TryCreate(server.TrimEnd('/') + "/", UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new IOException($"{server}: this is no address of a server, like https://reeve.example.org");
        if (address.Scheme == "http" && !address.IsLoopback && !string.IsNullOrEmpty(token))
            throw new IOException($"{server}: the token would travel in clear; use https");
        using var client = new HttpClient { BaseAddress = address, Timeout = Patience, MaxResponseContentBufferSize = LargestAnswer };
        if (!string.IsNullOrEmpty(token))
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            var senders = ((await AskAsync(client, "api/v1/senders", ct))["senders"] ?? throw new JsonException("no senders")).AsArray();
            var sources = ((await AskAsync(client, "api/v1/sources", ct))["sources"] ?? throw new JsonException("no sources")).AsArray();
            var encrypted = sources.Where(source => source?["isEncrypted"]?.GetValue<bool>() == true).Select(source => Text(source, "name")).ToHashSet(StringComparer.Ordinal);
            var secrets = await CountAsync(client, SecretBodies, ct);
            var reads = await CountAsync(client, "verb:(get or list) stage:RequestReceived", ct);
            return [.. Senders(senders, encrypted), .. Counted(secrets, reads)];
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException)
        {
            throw new IOException($"{server}: what answers there is no Reeve", failure);
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            throw new IOException($"{server}: {(failure is TaskCanceledException ? "it does not answer" : failure.Message)}", failure);
        }
    }

    private static IEnumerable<DoctorFinding> Senders(JsonArray senders, HashSet<string> encrypted)
    {
        if (senders.Count == 0)
            yield return new(DoctorRemarks.LiveNothing, Place, 0, "no sender has delivered anything");
        foreach (var sender in senders)
        {
            var name = $"{Text(sender, "host")} ({Text(sender, "kind")} {Text(sender, "peer")})";
            foreach (var trouble in sender?["troubles"]?.AsArray() ?? [])
            {
                var remark = Text(trouble, "code").StartsWith("cut", StringComparison.Ordinal) || Text(trouble, "code").StartsWith("split", StringComparison.Ordinal) ? DoctorRemarks.LiveCut : DoctorRemarks.LiveTrouble;
                yield return new(remark, Place, 0, string.Create(CultureInfo.InvariantCulture, $"{name}: {Text(trouble, "message")} ({trouble?["count"]?.GetValue<long>() ?? 0:N0} times)"), Text(trouble, "advice"));
            }

            if (Text(sender, "kind") is "syslog" or "relp" && !encrypted.Contains(Text(sender, "source")) && Text(sender, "peer") is { Length: > 0 } peer && !peer.StartsWith("127.", StringComparison.Ordinal) && peer != "::1")
                yield return new(DoctorRemarks.Plaintext, Place, 0, $"{name}: {(Text(sender, "kind") == "relp" ? "RELP" : "syslog")} over plain TCP");
        }
    }

    private static IEnumerable<DoctorFinding> Counted(long secrets, long reads)
    {
        if (secrets > 0)
            yield return new(DoctorRemarks.LiveSecrets, Place, 0, string.Create(CultureInfo.InvariantCulture, $"{secrets:N0} writes of secrets of the last day came with their bodies"), "reeve policy check POLICY");
        if (reads > 0)
            yield return new(DoctorRemarks.LiveDoubles, Place, 0, string.Create(CultureInfo.InvariantCulture, $"{reads:N0} events of the last day are reads at RequestReceived"), "    omitStages: [\"RequestReceived\"]");
    }

    private static async Task<long> CountAsync(HttpClient client, string query, CancellationToken ct) =>
        (await AskAsync(client, $"api/v1/stats?view=events&q={Uri.EscapeDataString(query)}&from={Span}", ct))["total"]?.GetValue<long>() ?? throw new JsonException("no total");

    private static async Task<JsonNode> AskAsync(HttpClient client, string path, CancellationToken ct)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), ct);
        if (!answer.IsSuccessStatusCode)
            throw new HttpRequestException($"{path.Split('?')[0]} answers {(int)answer.StatusCode}{(answer.StatusCode == System.Net.HttpStatusCode.Unauthorized ? "; set REEVE_TOKEN to a token that may read" : "")}");
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(ct)) ?? throw new HttpRequestException($"{path.Split('?')[0]} answers nothing");
    }

    private static string Text(JsonNode? node, string name) => node?[name]?.GetValue<string>() ?? "";
}
