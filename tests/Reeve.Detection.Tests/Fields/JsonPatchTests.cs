using System.Text.Json.Nodes;
using Reeve.Detection.Matching.Slots;
using Reeve.Detection.Tests.Alerts;

namespace Reeve.Detection.Tests.Fields;

/// <summary>A JSON Patch is read as the object that it writes (RFC 6902, RFC 6901).</summary>
public sealed class JsonPatchTests
{
    [Theory]
    [InlineData("spec.replicas: 3", """[{"op":"replace","path":"/spec/replicas","value":3}]""")]
    [InlineData("spec.template.spec.hostPID: true", """[{"op":"test","path":"/a","value":1},{"value":true,"path":"/spec/template/spec/hostPID","op":"add"}]""")]
    [InlineData("spec.containers.image: b", """[{"op":"add","path":"/spec/containers/-","value":{"image":"b"}}]""")]
    [InlineData("spec.containers.image: b", """[{"op":"replace","path":"/spec/containers/0/image","value":"b"}]""")]
    [InlineData("spec.containers.image: b", """[{"op":"replace","path":"/spec","value":{"containers":[{"image":"b"}]}}]""")]
    [InlineData("spec.containers.image: b", """[{"op":"replace","path":"","value":{"spec":{"containers":[{"image":"b"}]}}}]""")]
    [InlineData("metadata.labels.example.com/a: x", """[{"op":"add","path":"/metadata/labels/example.com~1a","value":"x"}]""")]
    [InlineData("metadata.labels.a~b: x", """[{"op":"add","path":"/metadata/labels/a~0b","value":"x"}]""")]
    [InlineData("data.0: x", """[{"op":"add","path":"/data/0","value":"x"}]""")]
    [InlineData("spec|exists: true", """[{"op":"add","path":"/spec/a/b","value":1}]""")]
    [InlineData("metadata.labels.a|exists: true", """[{"op":"remove","path":"/metadata/labels/a"}]""")]
    [InlineData("metadata.labels.a: null", """[{"op":"remove","path":"/metadata/labels/a"}]""")]
    [InlineData("spec.a: x", """[{"op":"add","path":"/spec\/a","value":"x"}]""")]
    [InlineData("path: /spec/a", """[{"op":"add","path":"/spec/a","value":"x"}]""")]
    public void What_a_patch_writes_is_there(string item, string patch) => Assert.True(Matches(item, patch));

    [Theory]
    [InlineData("spec.replicas: 3", """[{"op":"test","path":"/spec/replicas","value":3}]""")]
    [InlineData("spec.replicas: 3", """[{"op":"remove","path":"/spec/replicas","value":3}]""")]
    [InlineData("spec.replicas: 3", """[{"op":"replace","path":"spec/replicas","value":3}]""")]
    [InlineData("spec.replicas: 3", """[{"op":"replace","path":"/spec/x/replicas","value":3}]""")]
    [InlineData("spec.replicas: 3", """[{"op":"replace","path":"/spec/replicas"}]""")]
    [InlineData("spec.a: x", """[{"op":"copy","from":"/spec/b","path":"/spec/a"}]""")]
    [InlineData("metadata.labels.a|exists: true", """[{"op":"remove","path":"/metadata/labels/b"}]""")]
    public void What_it_does_not_write_is_not(string item, string patch) => Assert.False(Matches(item, patch));

    [Fact]
    public void A_patch_that_builds_an_object_means_what_the_object_means()
    {
        var random = new Random(11);
        for (var count = 0; count < 300; count++)
        {
            var body = RandomObject(random, 0);
            var operations = new JsonArray();
            Take(body, "", operations, random);
            var item = $"spec.{(char)('a' + random.Next(3))}.{(char)('a' + random.Next(3))}: {random.Next(3)}";

            Assert.True(Matches(item, $$"""{"spec":{{body.ToJsonString()}}}""") == Matches(item, operations.ToJsonString()), $"{item}: {body.ToJsonString()} as {operations.ToJsonString()}");
        }
    }

    [Fact]
    public void Nothing_that_is_sent_as_a_patch_makes_it_fail()
    {
        byte[] patch = [.. """[{"op":"add","path":"/spec/containers/0~1a","value":{"image":"b"}},{"op":"remove","path":"/a"}]"""u8];
        var trie = new PathTrie();
        trie.Add("spec.containers.image", 0);
        trie.Add("a", 1);
        var values = new SlotValues(2);
        var mutator = new Mutator(3, [patch]);
        for (var count = 0; count < 50_000; count++)
        {
            values.Begin();
            values.Open(0);
            values.Open(1);
            JsonPatch.Walk(mutator.Next(patch.Length + 40), 0, trie, values);
        }
    }

    private static bool Matches(string item, string body)
    {
        var run = new AlertRun($"title: t\nid: a\nlevel: low\nlogsource: {{ product: kubernetes }}\ndetection:\n  s:\n    requestObject.{item}\n  condition: s\n");
        run.Observe($$"""{"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Request","auditID":"a","stage":"ResponseComplete","requestURI":"/","verb":"patch","user":{"username":"u"},"requestReceivedTimestamp":"2026-01-01T00:00:00.000000Z","stageTimestamp":"2026-01-01T00:00:00.000000Z","requestObject":{{body}}}""");
        return run.Alerts.Count > 0;
    }

    private static JsonNode RandomObject(Random random, int depth)
    {
        if (depth == 3 || random.Next(4) == 0)
            return JsonValue.Create(random.Next(3));
        if (random.Next(4) == 0)
            return new JsonArray([.. Enumerable.Range(0, random.Next(3)).Select(_ => RandomObject(random, depth + 1))]);
        return new JsonObject("abc".Where(_ => random.Next(2) == 0).Select(name => KeyValuePair.Create($"{name}", (JsonNode?)RandomObject(random, depth + 1))));
    }

    // Each value is added as a whole, or member by member.
    private static void Take(JsonNode node, string path, JsonArray operations, Random random)
    {
        if (node is JsonObject members && random.Next(3) > 0)
        {
            foreach (var (name, member) in members)
                Take(member!, $"{path}/{name}", operations, random);
        }
        else if (node is JsonArray items && random.Next(2) == 0)
        {
            foreach (var item in items)
                Take(item!, $"{path}/-", operations, random);
        }
        else
        {
            operations.Add(new JsonObject { ["op"] = random.Next(2) == 0 ? "add" : "replace", ["path"] = $"/spec{path}", ["value"] = node.DeepClone() });
        }
    }
}
