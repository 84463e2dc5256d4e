using System.Text;
using System.Text.Json;
using Reeve.Audit.Findings;
using Reeve.Detection.Falco;
using Reeve.Detection.Fields;
using Reeve.Detection.Rules;
using Reeve.Detection.Tests.Support;

namespace Reeve.Detection.Tests.Falco;

public sealed class FalcoTableTests
{
    private const string Before = """
        - list: l
          items: [a, b]
        - list: m
          items: [l, "c d"]
        - macro: k
          condition: ka.verb=get or ka.verb=list
        """;

    public static TheoryData<string, string> Conditions => CaseTable.Two("Reeve.Detection.Tests", "Falco", "conditions.txt");

    public static TheoryData<string, string> Errors => CaseTable.Two("Reeve.Detection.Tests", "Falco", "errors.txt");

    [Theory]
    [MemberData(nameof(Conditions))]
    public void Conditions_hold(string condition, string events)
    {
        var reading = Rules.Of($">\n    {condition}", Before);
        Assert.True(!reading.HasErrors, string.Join("; ", reading.Problems));
        var session = new RuleSession(reading.Rules);
        foreach (var (sign, json) in EventList.Parse(events))
            Assert.True(sign == session.Match(json).Count > 0, $"{condition} and {json}");
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public void Errors_say_where_and_what(string condition, string expected)
    {
        var problem = Assert.Single(Rules.Of(condition).Problems, problem => problem.IsError);
        Assert.StartsWith("f.yaml:" + expected, problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Later_files_append_override_and_switch_off()
    {
        const string first = """
            - list: known
              items: [a]
            - macro: quiet
              condition: ka.verb=watch
            - rule: one
              desc: d
              source: k8s_audit
              condition: ka.user.name exists and not ka.user.name in (known) and not quiet
              exceptions:
                - name: pairs
                  fields: [ka.target.namespace, ka.verb]
                  comps: [=, in]
                  values:
                    - [n, [get, list]]
                - name: single
                  fields: ka.target.name
                  values: [x]
              output: one
              priority: ERROR
              tags: [t]
            - rule: two
              desc: d
              source: k8s_audit
              condition: ka.verb=get
              output: two
              priority: DEBUG
            - rule: syscalls
              desc: d
              condition: evt.type=open
              output: o
              priority: INFO
            """;
        const string second = """
            - list: known
              items: [b]
              append: true
            - macro: quiet
              condition: or ka.verb=list
              override: { condition: append }
            - rule: one
              exceptions:
                - name: single
                  values: [y]
              priority: CRITICAL
              tags: [u]
              override: { exceptions: append, priority: replace, tags: append }
            - rule: two
              enabled: false
            """;
        var reading = FalcoReader.Read([new RuleFile("1.yaml", first), new RuleFile("2.yaml", second)]);

        Assert.Equal("other-source", Assert.Single(reading.Problems).Check);
        var rule = Assert.Single(reading.Rules.Detections);
        Assert.Equal((FindingLevel.Critical, "t u"), (rule.Level, string.Join(' ', rule.Tags)));
        var session = new RuleSession(reading.Rules);
        int Count(string user, string verb, string ns, string name) =>
            session.Match(JsonSerializer.SerializeToElement(new { verb, user = new { username = user }, objectRef = new { @namespace = ns, name } })).Count;
        Assert.Equal(1, Count("c", "get", "m", "z"));
        Assert.Equal((0, 0), (Count("a", "get", "m", "z"), Count("b", "get", "m", "z")));
        Assert.Equal((0, 0), (Count("c", "watch", "m", "z"), Count("c", "list", "m", "z")));
        Assert.Equal((0, 1), (Count("c", "get", "n", "z"), Count("c", "put", "n", "z")));
        Assert.Equal((0, 0), (Count("c", "get", "m", "x"), Count("c", "get", "m", "y")));
    }

    [Fact]
    public void A_glob_that_is_too_large_is_an_error()
    {
        var problem = Assert.Single(Rules.Of($"ka.uri glob [ab]{new string('a', 6000)}").Problems, problem => problem.IsError);

        Assert.Equal("f.yaml:5:14: what 'glob' compares with cannot run: the pattern stands for more than 5000 states where what it counts is written out", problem.ToString());
    }

    [Fact]
    public void An_output_is_texts_and_fields_in_turn()
    {
        var rule = Assert.Single(Rules.Of("ka.verb=get").Rules.Detections);

        Assert.Equal(
            [new("", new Field.Path("user.username")), new(" did "), new("", new Field.Pointer("/verb")), new(" 100% (%ka.nothing)")],
            rule.Output);
    }

    [Fact]
    public void Macros_in_a_circle_are_an_error_of_their_rules_alone()
    {
        var reading = Rules.Of("a", "- macro: a\n  condition: b\n- macro: b\n  condition: a\n- rule: good\n  desc: d\n  source: k8s_audit\n  condition: ka.verb=get\n  output: o\n  priority: INFO");

        Assert.Contains("goes in a circle", Assert.Single(reading.Problems).Message, StringComparison.Ordinal);
        Assert.Equal("good", Assert.Single(reading.Rules.Detections).Title);
    }

    [Fact]
    public void No_text_makes_the_reader_throw_or_hang()
    {
        string[] conditions = ["(k and ka.verb in (m, 'x')) or not ka.uri.param[a] glob *x[ab]?", "ka.response.code >= 400 and jevt.value[/a/b] regex 'a.*'", "not (k or ka.user.groups intersects (l, c))"];
        string[] seeds =
        [
            .. conditions.Select(condition => $"- rule: r\n  desc: d\n  source: k8s_audit\n  condition: {condition}\n  output: '%ka.verb[x] %jevt.value[/a]'\n  priority: INFO\n"),
            "- rule: r\n  desc: d\n  source: k8s_audit\n  condition: k\n  output: o\n  priority: INFO\n  exceptions:\n  - name: e\n    fields: [ka.verb]\n    comps: [in]\n    values: [[[a, b]]]\n- rule: r\n  append: true\n  condition: and ka.uri exists\n",
        ];
        var mutator = new Mutator(7, [.. seeds.Select(Encoding.UTF8.GetBytes)]);
        var (rules, problems) = (0, 0);
        for (var count = 0; count < 20_000; count++)
        {
            var reading = FalcoReader.Read([new RuleFile("f.yaml", Before), new RuleFile("g.yaml", Encoding.UTF8.GetString(mutator.Next(4096)))]);
            rules += reading.Rules.Detections.Length;
            problems += reading.Problems.Length;
        }

        Assert.True(rules > 1000 && problems > 1000, $"{rules} rules, {problems} problems: the inputs are not worth much");
    }
}
