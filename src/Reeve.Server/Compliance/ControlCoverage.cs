using System.Collections.Immutable;
using Reeve.Detection.Policy.Coverage;

namespace Reeve.Server.Compliance;

/// <summary>What of the evidence for a control an audit policy lets be seen. Immutable.</summary>
/// <param name="Framework">The framework.</param>
/// <param name="Control">The control.</param>
/// <param name="Visibility">How much, by the worst of its questions; null where audit events answer none of them.</param>
/// <param name="Questions">Its questions that audit events answer.</param>
public sealed record ControlCoverage(Framework Framework, Control Control, Visibility? Visibility, ImmutableArray<QuestionSight> Questions)
{
    /// <summary>Which questions they are; the same for controls that ask the same.</summary>
    public string Asked => string.Join(' ', Questions.Select(each => each.Question.Id).Order(StringComparer.Ordinal));

    /// <summary>Of all controls of some frameworks.</summary>
    /// <param name="frameworks">The frameworks.</param>
    /// <param name="coverage">Of the policy.</param>
    public static IEnumerable<ControlCoverage> Of(IEnumerable<Framework> frameworks, PolicyCoverage coverage)
    {
        ArgumentNullException.ThrowIfNull(frameworks);
        ArgumentNullException.ThrowIfNull(coverage);
        // Many controls ask the same.
        var seen = new Dictionary<string, QuestionSight>(StringComparer.Ordinal);
        return frameworks.SelectMany(framework => framework.Controls.Select(control => Of(framework, control, coverage, seen)));
    }

    private static ControlCoverage Of(Framework framework, Control control, PolicyCoverage coverage, Dictionary<string, QuestionSight> seen)
    {
        // One that waits for a list of the team asks nothing yet.
        var questions = control.Evidence.OfType<EventEvidence>().Where(question => !question.Detection.Sleeps).Select(question => SightOf(question, coverage, seen)).ToImmutableArray();
        return new ControlCoverage(framework, control, questions.IsEmpty ? null : questions.Select(each => each.Sight.Visibility).ToList().Together(), questions);
    }

    private static QuestionSight SightOf(EventEvidence question, PolicyCoverage coverage, Dictionary<string, QuestionSight> seen)
    {
        if (!seen.TryGetValue(question.Id, out var sight))
            seen[question.Id] = sight = new QuestionSight(question, coverage.Of(question.Detection.Condition, request => question.FullLevelOf(request.Verb, request.Written)));
        return sight;
    }
}

/// <summary>A question, and what of the events that answer it an audit policy shows.</summary>
/// <param name="Question">The question.</param>
/// <param name="Sight">What is there.</param>
public sealed record QuestionSight(EventEvidence Question, Sight Sight);
