using CsCheck;
using Reeve.Audit.Sentences;
using Reeve.Testing;

namespace Reeve.Audit.Tests.Sentences;

public sealed class EventSentenceTests
{
    public static TheoryData<string, string> Cases() => CaseTable.Two("Reeve.Audit.Tests", "Sentences", "sentences.txt");

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_event_is_told_in_a_plain_sentence(string facts, string sentence) =>
        Assert.Equal(sentence, EventSentence.Of(Read(facts)).ToString());

    [Theory]
    [InlineData("kubectl/v1.33.1 (linux/amd64) kubernetes/8adc0f0", "kubectl v1.33.1")]
    [InlineData("Go-http-client/2.0", "Go-http-client 2.0")]
    [InlineData("curl", "curl")]
    [InlineData("/odd", "/odd")]
    [InlineData("", "")]
    public void A_tool_is_named_by_its_first_product(string agent, string tool) => Assert.Equal(tool, ToolName.Of(agent));

    [Fact]
    public void Whatever_the_values_a_sentence_is_one_printable_line() =>
        Gen.Select(Gen.String, Gen.String, Gen.String, Gen.String, Gen.String, Gen.Int[-1, 700]).Sample((user, verb, resource, name, uri, code) =>
        {
            var hostile = uri + "?command=" + name;
            var sentence = EventSentence.Of(new SentenceFacts
            {
                User = user, ImpersonatedUser = name, Verb = verb, Resource = resource, Subresource = name.Length % 2 == 0 ? "exec" : "",
                Namespace = user, Name = name, Ip = uri, Agent = verb, Uri = hostile, Code = code, DecisionReason = "RBAC: allowed by " + user,
            }).ToString();
            return !sentence.Any(char.IsControl) && !sentence.Contains('\u202e') && sentence.Length < 3000;
        });

    [Fact]
    public void Characters_that_turn_the_direction_of_text_are_not_shown() =>
        Assert.Equal("nimda\ufffd x", Printable.Text("nimda\u202e x"));

    [Fact]
    public void A_long_value_is_cut() => Assert.Equal(Printable.MaxLength, Printable.Text(new string('a', 5000)).Length);

    private static SentenceFacts Read(string line)
    {
        var fields = FieldsOf(line);
        string Value(string name) => fields.GetValueOrDefault(name, "");
        return new SentenceFacts
        {
            User = Value("user"), ImpersonatedUser = Value("as"), Verb = Value("verb"), Resource = Value("resource"), Subresource = Value("sub"),
            Namespace = Value("ns"), Name = Value("name"), Ip = Value("ip"), Agent = Value("agent"), Uri = Value("uri"), Stage = Value("stage"),
            Code = fields.TryGetValue("code", out var code) ? int.Parse(code) : 0, Reason = Value("reason"), Decision = Value("decision"),
            DecisionReason = Value("why"),
        };
    }

    private static Dictionary<string, string> FieldsOf(string line)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var at = 0; at < line.Length;)
        {
            var equals = line.IndexOf('=', at);
            var quoted = equals + 1 < line.Length && line[equals + 1] == '"';
            var end = equals + 1;
            if (quoted)
                for (end++; line[end] != '"' || line[end - 1] == '\\'; end++) { }
            else
                end = line.IndexOf(' ', equals) is >= 0 and var space ? space : line.Length;
            fields.Add(line[at..equals], quoted ? line[(equals + 2)..end].Replace("\\\"", "\"") : line[(equals + 1)..end]);
            at = Math.Min(line.Length, end + (quoted ? 2 : 1));
        }
        return fields;
    }
}
