using Reeve.Audit.Policy;
using Reeve.Detection.Linting;
using Reeve.Detection.Needs;
using Reeve.Detection.Rules;
using Reeve.Server.Compliance;

namespace Reeve.Server.Tests.Compliance;

public sealed class ShippedFrameworksTests
{
    private static readonly FrameworkReading Shipped = ShippedFrameworks.Read(RuleLists.Empty);

    private static readonly string[] ReadingVerbs = ["get", "list", "watch"];

    public static TheoryData<string, string> Rows => CaseTable.Two("Reeve.Server.Tests", "Compliance", "controls.txt");

    [Fact]
    public void Nothing_is_wrong_with_them_and_no_question_is_idle() => Assert.Empty(Shipped.Problems);

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_control_is_there_with_its_evidence(string row, string evidence)
    {
        var controls = Of(row);

        Assert.All(controls, control => Assert.NotNull(control));
        var asked = controls.SelectMany(control => control!.Evidence).Select(question => question.Id).ToList();
        Assert.All(evidence == "none" ? [] : evidence.Split(' '), id => Assert.Contains(id, asked));
    }

    [Fact]
    public void No_framework_has_a_control_that_is_in_no_row()
    {
        var known = Rows.SelectMany(row => Of(row.Data.Item1)).ToHashSet(ReferenceEqualityComparer.Instance);

        Assert.All(Shipped.Frameworks.SelectMany(framework => framework.Controls), control => Assert.Contains(control, known));
    }

    [Fact]
    public void The_questions_have_numbers_without_a_gap() =>
        Assert.Equal(Enumerable.Range(1, Shipped.Questions.Length).Select(number => $"EQ-{number:00}"), Shipped.Questions.Select(question => question.Id));

    [Fact]
    public void The_linter_has_nothing_to_remark_on_detections() =>
        Assert.Empty(Linter.Check(new RuleSet([.. Asked.Select(question => question.Detection)], [])));

    // Of what is done, the outcome counts: what was only received may have been refused.
    [Fact]
    public void No_detection_counts_what_was_only_received() =>
        Assert.All(Asked, question => Assert.DoesNotContain("RequestReceived", question.Needs.Stages));

    [Theory]
    [InlineData("EQ-06")]
    [InlineData("EQ-11")]
    [InlineData("EQ-12")]
    [InlineData("EQ-13")]
    [InlineData("EQ-14")]
    [InlineData("EQ-15")]
    [InlineData("EQ-16")]
    [InlineData("EQ-28")]
    [InlineData("EQ-29")]
    [InlineData("EQ-39")]
    public void Changes_are_no_reads(string id)
    {
        var needs = Question(id).Needs;

        Assert.NotEmpty(needs.Verbs);
        Assert.Empty(needs.Verbs.Intersect(ReadingVerbs));
        Assert.False(needs.NonResourceUrls);
    }

    [Theory]
    [InlineData("EQ-04", AuditLevel.Metadata, AuditLevel.Metadata)]
    [InlineData("EQ-07", AuditLevel.Metadata, AuditLevel.Metadata)]
    [InlineData("EQ-08", AuditLevel.Metadata, AuditLevel.Metadata)]
    [InlineData("EQ-11", AuditLevel.Metadata, AuditLevel.Metadata)]
    [InlineData("EQ-12", AuditLevel.Metadata, AuditLevel.Request)]
    [InlineData("EQ-14", AuditLevel.Metadata, AuditLevel.Request)]
    [InlineData("EQ-16", AuditLevel.Metadata, AuditLevel.Request)]
    [InlineData("EQ-28", AuditLevel.Metadata, AuditLevel.Request)]
    [InlineData("EQ-29", AuditLevel.Request, AuditLevel.Request)]
    [InlineData("EQ-39", AuditLevel.Request, AuditLevel.Request)]
    public void A_question_says_at_which_level_something_and_all_is_seen(string id, AuditLevel least, AuditLevel fully)
    {
        var needs = Question(id).Needs;

        Assert.Equal((least, fully), (needs.Level, needs.Fully));
    }

    [Theory]
    [InlineData("EQ-12", "update", "roles", AuditLevel.Request)]
    [InlineData("EQ-12", "deletecollection", "roles", AuditLevel.Metadata)]
    [InlineData("EQ-14", "patch", "deployments", AuditLevel.Request)]
    [InlineData("EQ-14", "patch", "configmaps", AuditLevel.Metadata)]
    [InlineData("EQ-29", "create", "pods", AuditLevel.Request)]
    [InlineData("EQ-04", "post", "", AuditLevel.Metadata)]
    public void What_has_no_body_or_should_show_none_is_asked_for_no_more_than_names(string id, string verb, string resource, AuditLevel level) =>
        Assert.Equal(level, Question(id).FullLevelOf(verb, resource));

    [Fact]
    public void Wrong_credentials_are_seen_only_where_the_stage_ResponseStarted_is_recorded() => Assert.Contains("ResponseStarted", Question("EQ-10").EveryStage);

    [Fact]
    public void A_question_over_a_list_sleeps_until_the_list_has_something()
    {
        Assert.True(Question("EQ-09").Detection.Sleeps);

        var awake = ShippedFrameworks.Read(RuleLists.Read([new RuleFile("lists.yaml", "regulated_namespaces: [cards]")]));

        Assert.False(awake.Questions.OfType<EventEvidence>().Single(question => question.Id == "EQ-09").Detection.Sleeps);
    }

    private static IEnumerable<EventEvidence> Asked => Shipped.Questions.OfType<EventEvidence>();

    private static EventEvidence Question(string id) => Asked.Single(question => question.Id == id);

    private static List<Control?> Of(string row)
    {
        var (framework, ids) = (row[..row.IndexOf(": ", StringComparison.Ordinal)], row[(row.IndexOf(": ", StringComparison.Ordinal) + 2)..]);
        var controls = Shipped.Frameworks.Single(each => each.Id == framework).Controls;
        return [.. ids.Split(", ").Select(id => controls.SingleOrDefault(control => control.Id == id))];
    }
}
