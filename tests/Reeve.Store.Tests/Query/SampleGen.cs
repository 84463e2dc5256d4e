using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Reeve.Store.Query.Parsing;
using Reeve.Store.Tests.Support;

namespace Reeve.Store.Tests.Query;

/// <summary>Random events over a small vocabulary, and filters that often meet them.</summary>
internal static class SampleGen
{
    private static readonly string[] Words =
    [
        "alice", "Bob", "web-1", "a b", "50%", "under_score", "back\\slash", "quo\"te", "tab\tnew\nline", "café", "ключ", "*", "?", "", "system:node:a",
        "9454ec44-b032-44db-9d3a-1bfe78ad35db", "deadbeefdeadbeef01", "1234567", "x123456", "2026-11-23T12:00:00Z", "kube-system", "a&b<c>", "end.",
    ];

    private static readonly Gen<string> Word = QueryGen.Pick(Words);

    private static readonly JsonSerializerOptions[] Writers =
        [JsonSerializerOptions.Default, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }];

    public static readonly Gen<SampleEvent> Event = Gen.Select(
        Word.Array[6], Word.List[0, 3], QueryGen.Pick(0, 200, 404, 409), QueryGen.Pick("::", "10.1.2.3", "10.200.0.9", "fd00::7"), Gen.Int[0, 5], Gen.Bool, QueryGen.Pick(Writers),
        (words, groups, code, ip, step, primary, writer) =>
        {
            var json = Samples.Json(QueryGen.Verbs[step % 3], words[0], words[1]);
            json["user"]!["groups"] = new JsonArray([.. groups.Select(group => (JsonNode)group)]);
            json["requestURI"] = "/x/" + words[2];
            json["responseStatus"] = new JsonObject { ["code"] = code, ["message"] = words[3] };
            json["requestObject"] = new JsonObject { ["spec"] = new JsonObject { ["n"] = step, ["on"] = primary, ["c"] = new JsonArray(new JsonObject { ["image"] = words[4] }, new JsonObject { ["image"] = words[5] }) } };
            if (code == 0)
                json.Remove("responseStatus");
            return Samples.Of(json.ToJsonString(writer), Samples.Noon.AddMinutes(step * 20), step > 3 ? "dev" : "prod", primary, ip);
        });

    private static readonly Gen<QueryValue> Value = Gen.Frequency(
        (3, Word.Select(QueryValue.Exactly)),
        (1, Gen.Select(Word, Word, (a, b) => QueryValue.Exactly($"{a} {b}"))),
        (1, Gen.Select(Word, Gen.Int[0, 8], (word, at) => QueryValue.FromPattern(Pattern(word[..Math.Min(at, word.Length)]) + "*"))),
        (1, Gen.Select(Word, Gen.Int[0, 8], (word, at) => QueryValue.FromPattern("*" + Pattern(word[Math.Min(at, word.Length)..])))),
        (1, Word.Where(word => word.Length > 1).Select(word => QueryValue.FromPattern("?" + Pattern(word[1..])))));

    private static readonly Gen<QueryNode> Text = Value.Select(value => (QueryNode)new TextNode(value));

    private static readonly Gen<QueryNode> Match = Gen.Select(
        QueryGen.Pick("user", "group", "actor", "name", "uri", "requestObject.spec.c.image", "cluster", "resource"), Value,
        (name, value) => value.Pattern == "*" ? (QueryNode)new ExistsNode(Field(name)) : new MatchNode(Field(name), value));

    private static readonly Gen<QueryNode> Other = QueryGen.Pick(
        "verb:get", "verb:(get or list)", "code:404", "code:4*", "code:>=400", "code:<300", "code:*", "ip:10.0.0.0/8", "ip:10.1.2.3", "ip:10.*", "ip:*", "ip:fd00::/8", "ip:::/0",
        "primary:true", "group:*", "user:*", "time:>=2026-11-23T12:40:00Z", "time:<2026-11-23", "requestObject.spec.n:>2", "requestObject.spec.n:3", "requestObject.spec.on:true",
        "requestObject.spec.none:*", "requestObject.spec.c.image:*", "id:3f9a2c1e-7", "id:3f9a2c1e-1*", "id:nonsense")
        .Select(text => QueryParser.TryParse(text, out var node, out var error) ? node! : throw new InvalidOperationException(error.ToString()));

    public static readonly Gen<QueryNode> Filter = Gen.Recursive<QueryNode>((depth, node) => depth >= 3
        ? Gen.OneOf(Text, Match, Other)
        : Gen.Frequency(
            (3, Text),
            (4, Match),
            (2, Other),
            (1, node.Select(operand => (QueryNode)new NotNode(operand))),
            (1, node.List[2, 3].Select(operands => AndNode.Of(operands))),
            (1, node.List[2, 3].Select(operands => OrNode.Of(operands)))));

    private static QueryField Field(string name) => QueryFields.Find(name)!;

    private static string Pattern(string literal) => QueryValue.Exactly(literal).Pattern;
}
