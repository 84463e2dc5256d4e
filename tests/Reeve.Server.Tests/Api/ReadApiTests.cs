using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CsCheck;
using Reeve.Server.Tests.Support;

namespace Reeve.Server.Tests.Api;

public sealed class ReadApiTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Event_is_answered_as_a_search_would_without_an_id()
    {
        await using var server = await RunningServer.StartAsync();
        using var viewer = server.ClientWithToken();

        var answer = await ReadAsync(viewer, await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "content", "setup", "example-event.json"), Cancel));

        Assert.Equal(1, answer.GetProperty("total").GetInt32());
        var read = Assert.Single(answer.GetProperty("events").EnumerateArray());
        Assert.StartsWith("kubernetes-admin created secret database", read.GetProperty("sentence").GetString(), StringComparison.Ordinal);
        Assert.Equal("it writes an object", read.GetProperty("because").GetString());
        var fields = read.GetProperty("event");
        Assert.False(fields.TryGetProperty("id", out _));
        Assert.Equal("resource-change", fields.GetProperty("category").GetString());
        Assert.StartsWith("reeve:hmac:", fields.GetProperty("raw").GetProperty("requestObject").GetProperty("data").GetProperty("password").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_reads_without_signing_in()
    {
        await using var server = await RunningServer.StartAsync();
        using var stranger = server.Client();

        using var answer = await stranger.PostAsync("/api/v1/read", new ByteArrayContent("{}"u8.ToArray()), Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Any_bytes_are_answered_and_more_than_the_limit_is_refused()
    {
        await using var server = await RunningServer.StartAsync();
        using var viewer = server.ClientWithToken();

        await Gen.Byte.Array[0, 300].SampleAsync(async bytes => Assert.True((await ReadAsync(viewer, bytes)).TryGetProperty("events", out _)), iter: 60);
        var most = new byte[16 << 20];
        most.AsSpan().Fill((byte)' ');
        "hello"u8.CopyTo(most.AsSpan(most.Length - 5));
        Assert.Equal(1, (await ReadAsync(viewer, most)).GetProperty("total").GetInt32());
        // The server answers before all of it is sent.
        viewer.DefaultRequestHeaders.ExpectContinue = true;
        using var refused = await viewer.PostAsync("/api/v1/read", new ByteArrayContent([.. most, 32]), Cancel);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Secrets_of_real_logs_never_appear_in_the_answer()
    {
        var folder = Repository.Shared("data", "audit", "permissive");
        await using var server = await RunningServer.StartAsync();
        using var viewer = server.ClientWithToken();
        var secrets = 0;

        foreach (var file in Directory.GetFiles(folder, "*.jsonl"))
        {
            var bytes = await File.ReadAllBytesAsync(file, Cancel);
            var values = SecretsIn(bytes);
            if (values.Count == 0)
                continue;
            using var answer = await viewer.PostAsync("/api/v1/read", new ByteArrayContent(bytes), Cancel);
            var text = await answer.Content.ReadAsStringAsync(Cancel);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.All(values, value => Assert.DoesNotContain(value, text, StringComparison.Ordinal));
            secrets += values.Count;
        }

        Assert.True(secrets > 0, "the logs hold no secret to look for");
    }

    private static async Task<JsonElement> ReadAsync(HttpClient client, byte[] body)
    {
        using var answer = await client.PostAsync("/api/v1/read", new ByteArrayContent(body), Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
    }

    // The data of Secrets, in requests and answers, alone and in lists.
    private static HashSet<string> SecretsIn(byte[] log)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in Encoding.UTF8.GetString(log).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var audit = JsonDocument.Parse(line);
            foreach (var body in new[] { "requestObject", "responseObject" })
            {
                if (audit.RootElement.TryGetProperty(body, out var value))
                    Collect(value, found);
            }
        }

        return found;
    }

    private static void Collect(JsonElement value, HashSet<string> found)
    {
        if (value.ValueKind != JsonValueKind.Object)
            return;
        if (value.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Array)
        {
            var isSecrets = value.TryGetProperty("kind", out var list) && list.GetString() == "SecretList";
            foreach (var item in items.EnumerateArray())
                CollectData(item, isSecrets, found);
        }

        CollectData(value, value.TryGetProperty("kind", out var kind) && kind.GetString() == "Secret", found);
    }

    private static void CollectData(JsonElement value, bool isSecret, HashSet<string> found)
    {
        if (!isSecret || !value.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Object)
            return;
        found.UnionWith(data.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.String).Select(member => member.Value.GetString()!).Where(text => text.Length >= 8));
    }
}
