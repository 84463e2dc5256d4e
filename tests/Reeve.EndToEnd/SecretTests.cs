using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Reeve.EndToEnd.Support;

namespace Reeve.EndToEnd;

/// <summary>What a real apiserver wrote about Secrets and tokens reaches no disk: whole, cut, or split by a relay.</summary>
public sealed partial class SecretTests
{
    private const int Shortest = 8;
    private const string Marker = "the-last-line";
    private const string LastLine = $$"""{"kind":"Event","verb":"get","auditID":"{{Marker}}"}""" + "\n";

    [Fact]
    public async Task No_secret_of_a_real_log_reaches_the_disk()
    {
        var logs = Repository.Shared("data", "audit", "permissive");
        var bearing = Lines(logs)
            .Select(line => (Line: line, Secrets: Secrets(line))).Where(pair => pair.Secrets.Count > 0).ToList();
        // One value was put into a ConfigMap too.
        var elsewhere = string.Join('\n', Lines(logs).Where(line => Secrets(line).Count == 0));
        var forms = bearing.SelectMany(pair => pair.Secrets).Distinct(StringComparer.Ordinal)
            .SelectMany(Forms).Where(form => !elsewhere.Contains(form, StringComparison.Ordinal)).ToList();
        Assert.True(forms.Count > 20, "the logs hold secrets, or this test says nothing");
        using var folder = new TemporaryFolder();
        folder.Write("damaged/audit.log", Damaged(bearing.Select(pair => pair.Line)) + LastLine);

        string output;
        await using (var server = await ReeveProcess.StartAsync(folder["data"], [logs, folder["damaged"]]))
        {
            using var analyst = await Analyst.SignUpAsync(server);
            await WaitForAllAsync(analyst, Lines(logs).Count());
            // The store compresses: what it keeps is seen through its rows, what lies beside it is read as bytes.
            foreach (var row in await analyst.AllAsync())
                AssertNone(forms, row.GetRawText());
            Assert.True(await analyst.CountAsync("integrity:truncated-by-sender") > 20);
            await server.StopAsync();
            output = server.LogText;
        }

        AssertNone(forms, output);
        foreach (var file in Directory.EnumerateFiles(folder["data"], "*", SearchOption.AllDirectories))
            AssertNone(forms, Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task No_secret_of_a_message_that_rsyslog_splits_reaches_the_disk()
    {
        var bearing = Lines(Repository.Shared("data", "audit", "permissive"))
            .Select(line => (Line: line, Secrets: Secrets(line))).Where(pair => pair.Secrets.Count > 0 && pair.Line.Length is > 2_000 and < 50_000).ToList();
        var forms = bearing.SelectMany(pair => pair.Secrets).Distinct(StringComparer.Ordinal).SelectMany(Forms).ToList();
        Assert.True(forms.Count > 20, "the logs hold secrets, or this test says nothing");
        using var folder = new TemporaryFolder();
        folder.Write("audit.log", string.Concat(bearing.Select(pair => pair.Line + "\n")) + LastLine);

        await using (var server = await ReeveProcess.StartAsync(folder["data"], [], configuration: """sources: [{type: syslog, name: article, listen: "127.0.0.1:0"}]"""))
        {
            using var analyst = await Analyst.SignUpAsync(server);
            var target = await analyst.AddressOfAsync("article");
            using var rsyslog = RealRsyslog.Start(folder["rsyslog"], RealRsyslog.ArticleConfiguration(
                folder["audit.log"], target, Directory.CreateDirectory(folder["rsyslog-work"]).FullName, """global(maxMessageSize="1k" oversizemsg.input.mode="split")"""));
            // Two pieces of each at least, or rsyslog did not split.
            await WaitForAllAsync(analyst, 2 * bearing.Count);
            foreach (var row in await analyst.AllAsync())
                AssertNone(forms, row.GetRawText());
            await server.StopAsync();
            AssertNone(forms, server.LogText);
        }

        foreach (var file in Directory.EnumerateFiles(folder["data"], "*", SearchOption.AllDirectories))
            AssertNone(forms, Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)));
    }

    private static async Task WaitForAllAsync(Analyst analyst, int atLeast)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (await analyst.CountAsync($"auditID:{Marker}") == 0 || await analyst.CountAsync() < atLeast)
            await poll.WaitForNextTickAsync(patience.Token);
    }

    private static IEnumerable<string> Lines(string logs)
    {
        foreach (var path in Directory.EnumerateFiles(logs, "*.jsonl*").Order(StringComparer.Ordinal))
        {
            using var file = File.OpenRead(path);
            using var text = new StreamReader(path.EndsWith(".zst", StringComparison.Ordinal) ? new ZstdSharp.DecompressionStream(file) : file);
            while (text.ReadLine() is { } line)
                yield return line;
        }
    }

    // Cut as a relay with a limit does, and split as rsyslog does with oversizemsg.input.mode="split".
    private static string Damaged(IEnumerable<string> lines)
    {
        var random = new Random(20260728);
        var text = new StringBuilder();
        foreach (var line in lines.Where(line => line.Length < 50_000))
        {
            for (var i = 0; i < 10; i++)
                text.Append(line.AsSpan(0, random.Next(1, line.Length))).Append('\n');
            var size = random.Next(1_000, 8_096);
            for (var start = 0; start < line.Length; start += size)
                text.Append(line.AsSpan(start, Math.Min(size, line.Length - start))).Append('\n');
        }

        return text.ToString();
    }

    private static void AssertNone(List<string> forms, string text)
    {
        foreach (var form in forms)
        {
            var at = text.IndexOf(form, StringComparison.Ordinal);
            if (at >= 0)
                Assert.Fail($"'{form}' is left in {text[Math.Max(0, at - 200)..Math.Min(text.Length, at + 200)]}");
        }
    }

    private static IEnumerable<string> Forms(string secret)
    {
        yield return secret;
        if (Uri.EscapeDataString(secret) is var encoded && encoded != secret)
            yield return encoded;
        yield return Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)).TrimEnd('=')[..^1];
        var bytes = new byte[secret.Length];
        if (Convert.TryFromBase64String(secret, bytes, out var length) && length >= Shortest)
            yield return Encoding.Latin1.GetString(bytes, 0, length);
    }

    // Everything below data and stringData of what a secrets request or kind Secret holds, tokens, and JWTs anywhere.
    private static List<string> Secrets(string line)
    {
        using var json = JsonDocument.Parse(line);
        var resource = json.RootElement.TryGetProperty("objectRef", out var target) && target.TryGetProperty("resource", out var name) ? name.GetString() : "";
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var body in new[] { "requestObject", "responseObject" })
        {
            if (json.RootElement.TryGetProperty(body, out var value))
                Walk(value, resource == "secrets", found);
        }

        found.UnionWith(Jwt().Matches(line).Select(match => match.Value));
        return [.. found.Where(secret => secret.Length >= Shortest)];
    }

    private static void Walk(JsonElement element, bool isSecret, HashSet<string> found)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
                Walk(item, isSecret, found);
        }

        if (element.ValueKind != JsonValueKind.Object)
            return;
        isSecret |= element.TryGetProperty("kind", out var kind) && kind.ValueKind == JsonValueKind.String && kind.GetString() is "Secret" or "SecretList";
        foreach (var member in element.EnumerateObject())
        {
            if (isSecret && member.Name is "data" or "stringData" && member.Value.ValueKind == JsonValueKind.Object)
                found.UnionWith(member.Value.EnumerateObject().Where(value => value.Value.ValueKind == JsonValueKind.String).Select(value => value.Value.GetString()!));
            else
                Walk(member.Value, isSecret, found);
        }
    }

    [GeneratedRegex(@"eyJ[\w-]+\.[\w-]+\.[\w-]*", RegexOptions.None, 5000)]
    private static partial Regex Jwt();
}
