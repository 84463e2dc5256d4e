using System.Text;
using Reeve.Detection.Rules;
using Reeve.Detection.Sigma;
using Reeve.Server.Compliance;

namespace Reeve.Server.Tests.Compliance;

public sealed class FrameworkReaderTests
{
    private const string Questions =
        """
        questions:
            - id: A
              question: What was read?
              detection:
                  read: { verb: [get, list] }
                  early: { stage: RequestReceived }
                  condition: read and not early
            - id: B
              question: What was kept?
              answered-by: reeve
              part: store
        """;

    private const string Frame =
        """
        id: f
        title: F
        version: 1
        controls:
            - id: "1"
              text: Both
              evidence: [A, B]
            - id: "2"
              text: Neither
              beyond: All of it
        """;

    public static TheoryData<string, string> WrongQuestions => CaseTable.Two("Reeve.Server.Tests", "Compliance", "questions.txt");

    public static TheoryData<string, string> WrongFrameworks => CaseTable.Two("Reeve.Server.Tests", "Compliance", "frameworks.txt");

    [Fact]
    public void Controls_name_what_speaks_for_them()
    {
        var reading = Read(Questions, Frame);

        Assert.Empty(reading.Problems);
        var framework = Assert.Single(reading.Frameworks);
        Assert.Equal(("f", "F", "1"), (framework.Id, framework.Title, framework.Version));
        Assert.Equal(reading.Questions, framework.Controls[0].Evidence);
        Assert.Equal(("All of it", 0), (framework.Controls[1].Beyond, framework.Controls[1].Evidence.Length));
        Assert.Equal(EvidencePart.Store, Assert.IsType<KeptEvidence>(reading.Questions[1]).Part);
        Assert.Equal(["get", "list"], Assert.IsType<EventEvidence>(reading.Questions[0]).Needs.Verbs);
        Assert.Equal("f.yml:8:7", $"{framework.Controls[1].Place}");
    }

    [Theory]
    [MemberData(nameof(WrongQuestions))]
    public void What_is_wrong_with_a_question_is_said_with_its_place(string question, string said) =>
        Assert.Equal(said, $"{Read($"questions: [{question}]", Frame).Problems[0]}");

    [Theory]
    [MemberData(nameof(WrongFrameworks))]
    public void What_is_wrong_with_a_framework_is_said_with_its_place(string framework, string said) =>
        Assert.Contains(said, Read(Questions, framework).Problems.Select(problem => $"{problem}"));

    [Fact]
    public void What_is_wrong_costs_no_other_control()
    {
        var reading = Read(Questions, Frame + "\n    - id: \"3\"\n      text: Wrong\n      evidence: [C]");

        Assert.Equal(["f.yml:13:18: there is no question 'C' that can be asked"], reading.Problems.Select(problem => $"{problem}"));
        Assert.Equal(["1", "2"], Assert.Single(reading.Frameworks).Controls.Select(control => control.Id));
    }

    [Theory]
    [InlineData("{ id: f, controls: [", "f.yml:2:1: this is not YAML: ")]
    [InlineData("id: f\n---\nid: g", "f.yml:2:1: this is not YAML: a second document begins here")]
    [InlineData("# nothing", "f.yml: the file is empty")]
    public void What_is_no_YAML_of_one_block_is_said(string framework, string said) =>
        Assert.StartsWith(said, $"{Read(Questions, framework).Problems[0]}", StringComparison.Ordinal);

    [Fact]
    public void A_framework_is_there_once()
    {
        var reading = FrameworkReader.Read(new RuleFile("e.yml", Questions), [new RuleFile("f.yml", Frame), new RuleFile("g.yml", Frame)], SigmaOptions.Of(RuleLists.Empty));

        Assert.Equal("g.yml:1:5: the framework 'f' is there already, at f.yml:1:1", $"{Assert.Single(reading.Problems)}");
    }

    [Fact]
    public void A_question_that_no_control_asks_is_remarked_on()
    {
        var idle = Assert.Single(Read(Questions, Frame.Replace(", B", "", StringComparison.Ordinal)).Problems);

        Assert.Equal("e.yml:8:7: no control asks 'B'", $"{idle}");
        Assert.False(idle.IsError);
    }

    [Fact]
    public void No_text_makes_it_throw()
    {
        var folder = Path.Combine(Repository.Root, "content/frameworks");
        var mutator = new Mutator(7, [.. new[] { Questions, Frame, File.ReadAllText(Path.Combine(folder, "evidence.yml")), File.ReadAllText(Path.Combine(folder, "gdpr.yml")) }.Select(Encoding.UTF8.GetBytes)]);
        var problems = 0;
        for (var count = 0; count < 2000; count++)
            problems += Read(Encoding.UTF8.GetString(mutator.Next(2000)), Encoding.UTF8.GetString(mutator.Next(2000))).Problems.Length;

        Assert.True(problems > 2000, $"{problems} problems are too few to tell anything");
    }

    private static FrameworkReading Read(string questions, string framework) =>
        FrameworkReader.Read(new RuleFile("e.yml", questions), [new RuleFile("f.yml", framework)], SigmaOptions.Of(RuleLists.Empty));
}
