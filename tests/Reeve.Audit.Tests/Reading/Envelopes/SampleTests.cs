using System.Globalization;
using System.Text;
using System.Text.Json;
using Reeve.Testing;

namespace Reeve.Audit.Tests.Reading.Envelopes;

/// <summary>The samples of clouds and peers: the unwrapped event equals the sample's own unwrapped form, value by value.</summary>
public sealed class SampleTests
{
    [Fact]
    public void A_batch_of_an_Event_Hub_gives_the_events_it_is_known_to_hold()
    {
        var read = Readers.Read(Sample("aks-eventhub", "eventhub_batch.jsonl"));
        var expected = RealLogs.Lines(Sample("aks-eventhub", "eventhub_batch.unwrapped.jsonl")).ToList();
        Assert.Equal(22, read.Count);
        for (var i = 0; i < read.Count; i++)
        {
            AssertEqual(expected[i], read[i].Raw);
            Assert.Equal(NaiveEvent.Values(read[i].Raw), read[i].Values);
            Assert.Equal(Integrity.Whole, read[i].Integrity);
            Assert.Contains("MANAGEDCLUSTERS/KUBETEST", read[i].Envelope, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_payloads_of_CloudWatch_give_their_messages()
    {
        var lines = RealLogs.Lines(Sample("eks-wrappers", "cloudwatch_shapes.jsonl")).Select(line => Assert.Single(Readers.Read(line))).ToList();
        Assert.Equal([Integrity.Whole, Integrity.Whole, Integrity.Unreadable, Integrity.TruncatedBySender, Integrity.Unreadable], lines.Select(read => read.Integrity));
        Assert.Equal([false, false, true, false, true], lines.Select(read => read.Marks.HasFlag(EventMarks.OtherLog)));
        Assert.All(lines.Where((_, i) => i is 0 or 1 or 3), read => Assert.Contains("AuditId = abcde12345\n", read.Values, StringComparison.Ordinal));
        Assert.Equal("eks-control-plane", lines[3].Cause?.Code);
        Assert.Contains("/aws/eks/prod/cluster", lines[0].Envelope, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_case_of_Panther_is_read_as_the_event_it_is_known_to_be()
    {
        using var cases = JsonDocument.Parse(File.ReadAllBytes(Repository.Shared("data", "cases", "panther.json")));
        var compared = 0;
        foreach (var entry in cases.RootElement.GetProperty("cases").EnumerateArray())
        {
            var read = Assert.Single(Readers.Read(Encoding.UTF8.GetBytes(entry.GetProperty("input").GetRawText())));
            if (entry.GetProperty("auditEvent") is not { ValueKind: JsonValueKind.Object } expected || !IsEvent(expected) || read.Marks.HasFlag(EventMarks.Scrubbed))
                continue;
            compared++;
            AssertEqual(Encoding.UTF8.GetBytes(expected.GetRawText()), read.Raw);
            Assert.Equal(Integrity.Whole, read.Integrity);
            Assert.True(expected.TryGetProperty("stage", out _) || read.IsResponse, entry.GetProperty("id").GetString());
        }

        Assert.True(compared > 90, $"{compared} were compared");
    }

    [Fact]
    public void Every_event_of_Falco_is_read()
    {
        using var cases = JsonDocument.Parse(File.ReadAllBytes(Repository.Shared("data", "cases", "falco.json")));
        foreach (var json in cases.RootElement.GetProperty("cases").EnumerateArray().SelectMany(entry => entry.GetProperty("events").EnumerateArray()))
        {
            var read = Assert.Single(Readers.Read(Encoding.UTF8.GetBytes(json.GetRawText())));
            Assert.Equal(IsEvent(json) ? Integrity.Whole : Integrity.Unreadable, read.Integrity);
        }
    }

    [Fact]
    public void An_entry_of_GKE_says_what_it_says_and_nothing_else()
    {
        var lines = RealLogs.Lines(Sample("gke", "khi_k8s_audit.jsonl")).Concat(PantherOfGke()).ToList();
        var events = 0;
        foreach (var line in lines)
        {
            using var document = JsonDocument.Parse(line);
            var read = Assert.Single(Readers.Read(line));
            if (!IsKubernetes(document.RootElement))
            {
                Assert.Equal((Integrity.Unreadable, true), (read.Integrity, read.Marks.HasFlag(EventMarks.OtherLog)));
                continue;
            }

            events++;
            Assert.Equal(Integrity.Whole, read.Integrity);
            Assert.Equal(GkeSays(document.RootElement), SaidBy(read));
        }

        Assert.True(events > 20, $"{events} events");
    }

    [Fact]
    public void The_cluster_operations_of_GKE_are_another_log()
    {
        foreach (var line in RealLogs.Lines(Sample("gke", "khi_gke_control_plane.jsonl")))
        {
            var read = Assert.Single(Readers.Read(line));
            Assert.Equal((Integrity.Unreadable, true), (read.Integrity, read.Marks.HasFlag(EventMarks.OtherLog)));
            Assert.Contains("gke_", read.Envelope, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_line_of_the_legacy_format_gives_every_value_it_has()
    {
        var lines = RealLogs.Lines(RealLogs.Bytes(Repository.Shared("data", "audit", "legacy-format.log.zst"))).ToList();
        Assert.Equal(405, lines.Count);
        foreach (var line in lines)
        {
            var read = Assert.Single(Readers.Read(line));
            Assert.Equal(Integrity.Whole, read.Integrity);
            var text = Encoding.UTF8.GetString(line);
            Assert.Contains($"AuditId = {Between(text, "id=\"")}\n", read.Values, StringComparison.Ordinal);
            Assert.Contains($"Stage = {Between(text, "stage=\"")}\n", read.Values, StringComparison.Ordinal);
            Assert.Contains($"RequestUri = {Between(text, "uri=\"")}\n", read.Values, StringComparison.Ordinal);
            Assert.Contains($"Verb = {Between(text, "method=\"")}\n", read.Values, StringComparison.Ordinal);
            Assert.Contains($"UserName = {Between(text, " user=\"")}\n", read.Values, StringComparison.Ordinal);
            Assert.Contains($"SourceIps[] = {Between(text, " ip=\"")}\n", read.Values, StringComparison.Ordinal);
            foreach (var group in text.Split("groups=\"")[1].Split("\" as=")[0].Split(','))
                Assert.Contains($"Groups[] = {group.Trim('\\', '"')}\n", read.Values, StringComparison.Ordinal);
            // A tick is 100 ns; the rest of the nine digits is cut off.
            var digits = text[..text.IndexOf('Z')].PadRight(29, '0')[..27];
            var time = DateTime.Parse($"{digits}Z", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
            Assert.Contains($"RequestReceivedAt = {time:O}\n", read.Values, StringComparison.Ordinal);
            Assert.Equal(!text.EndsWith("response=\"<deferred>\"", StringComparison.Ordinal), read.Values.Contains("Code = ", StringComparison.Ordinal));
            Assert.DoesNotContain("<", read.Values.Replace("<SNIP>", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_shared_log_reads_without_an_unreadable_record_but_those_that_are_none()
    {
        var files = new[] { "audit", "webhook", "wrappers" }
            .SelectMany(folder => Directory.GetFiles(Repository.Shared("data", folder), "*", SearchOption.AllDirectories))
            .Where(file => file.Replace(".zst", "", StringComparison.Ordinal) is var name && (name.EndsWith(".jsonl") || name.EndsWith(".json") || name.EndsWith(".log")))
            // 189 MB of the same kind of line as the rest.
            .Where(file => !file.Contains("bulk.", StringComparison.Ordinal))
            .ToList();
        Assert.True(files.Count > 50);
        foreach (var file in files)
        {
            foreach (var read in RealLogs.Lines(RealLogs.Bytes(file)).SelectMany(line => Readers.Read(line)))
                Assert.False(read.Integrity == Integrity.Unreadable && !read.Marks.HasFlag(EventMarks.OtherLog), $"{file}: {read.Text[..Math.Min(200, read.Text.Length)]}");
        }
    }

    private static byte[] Sample(params string[] path) => RealLogs.Bytes(Repository.Shared(["data", "wrappers", .. path]));

    private static bool IsEvent(JsonElement json) =>
        json.TryGetProperty("kind", out var kind) ? kind.ValueKind == JsonValueKind.String && kind.GetString() == "Event" : json.TryGetProperty("verb", out _);

    private static void AssertEqual(byte[] expected, byte[] actual)
    {
        using var one = JsonDocument.Parse(expected);
        using var other = JsonDocument.Parse(actual);
        Assert.True(JsonElement.DeepEquals(one.RootElement, other.RootElement), Encoding.UTF8.GetString(actual));
    }

    private static List<byte[]> PantherOfGke()
    {
        using var cases = JsonDocument.Parse(File.ReadAllBytes(Repository.Shared("data", "cases", "panther.json")));
        return
        [
            .. cases.RootElement.GetProperty("cases").EnumerateArray()
                .Where(entry => entry.GetProperty("wrapper").GetString() == "gke-logentry")
                .Select(entry => Encoding.UTF8.GetBytes(entry.GetProperty("input").GetRawText())),
        ];
    }

    private static bool IsKubernetes(JsonElement entry) =>
        (Text(entry, "protoPayload", "serviceName") is { } service ? service == "k8s.io" : Text(entry, "protoPayload", "methodName")?.StartsWith("io.k8s.", StringComparison.Ordinal) == true);

    // The naive way: by the names that Google documents, for resources of one and two levels.
    private static SortedDictionary<string, string> GkeSays(JsonElement entry)
    {
        var said = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Say("UserName", Text(entry, "protoPayload", "authenticationInfo", "principalEmail") ?? Text(entry, "protoPayload", "authenticationInfo", "authoritySelector"));
        Say("Verb", Text(entry, "protoPayload", "methodName")?.Split('.')[^1]);
        Say("UserAgent", Text(entry, "protoPayload", "requestMetadata", "callerSuppliedUserAgent"));
        Say("SourceIps[]", Text(entry, "protoPayload", "requestMetadata", "callerIp"));
        Say("Decision", Text(entry, "labels", "authorization.k8s.io/decision") ?? Granted(entry));
        Say("Message", Text(entry, "protoPayload", "status", "message"));
        var path = (Text(entry, "protoPayload", "resourceName") ?? "").Split('/');
        if (path.Length < 3 && Text(entry, "protoPayload", "methodName")!.Split('.') is ["io", "k8s", _, var version, var resource, _])
            path = ["core", version, resource];
        if (path.Length > 2)
        {
            var at = path[2] == "namespaces" && path.Length > 4 ? 4 : 2;
            Say("ApiGroup", path[0] == "core" ? null : path[0]);
            Say("ApiVersion", path[1]);
            Say("Namespace", at == 4 ? path[3] : null);
            Say("Resource", path[at]);
            Say("Name", path.ElementAtOrDefault(at + 1));
            Say("Subresource", path.ElementAtOrDefault(at + 2));
        }

        return said;

        void Say(string name, string? text)
        {
            if (text is { Length: > 0 })
                said[name] = text;
        }
    }

    private static string? Granted(JsonElement entry)
    {
        var payload = entry.GetProperty("protoPayload");
        if (payload.TryGetProperty("authorizationInfo", out var infos) && infos[0].TryGetProperty("granted", out var granted))
            return granted.GetBoolean() ? "allow" : "forbid";
        return payload.TryGetProperty("status", out var status) && status.TryGetProperty("code", out var code) && code.GetInt32() == 7 ? "forbid" : null;
    }

    private static SortedDictionary<string, string> SaidBy(EventCopy read)
    {
        // What GKE does not have must be absent.
        foreach (var absent in (string[])["Level", "Stage", "UserUid", "Groups[]", "ObjectUid"])
            Assert.DoesNotContain($"{absent} = ", read.Values, StringComparison.Ordinal);
        string[] compared = ["UserName", "Verb", "UserAgent", "SourceIps[]", "Decision", "Message", "ApiGroup", "ApiVersion", "Namespace", "Resource", "Name", "Subresource"];
        return new(
            read.Values.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(" = ", 2))
                .Where(pair => compared.Contains(pair[0])).ToDictionary(pair => pair[0], pair => pair[1]),
            StringComparer.Ordinal);
    }

    private static string? Text(JsonElement element, params string[] path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                return null;
        }

        return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
    }

    private static string Between(string text, string start)
    {
        var from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return text[from..text.IndexOf('"', from)];
    }
}
