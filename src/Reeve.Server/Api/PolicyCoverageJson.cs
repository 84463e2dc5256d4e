using Reeve.Audit.Findings;
using Reeve.Audit.Policy;
using Reeve.Detection.Policy.Changes;
using Reeve.Detection.Policy.Coverage;
using Reeve.Detection.Policy.Linting;
using Reeve.Detection.Policy.Writing;
using Reeve.Server.Compliance;
using Reeve.Server.Policies;

namespace Reeve.Server.Api;

/// <summary>What a rule sees under a policy.</summary>
/// <param name="Id">The rule's id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Level">How much its alerts matter.</param>
/// <param name="Visibility">How much it sees.</param>
/// <param name="Losses">What is missing.</param>
/// <param name="Change">The smallest change that mends it; left out where nothing is missing, or where there is no policy to change.</param>
internal sealed record CoveredRule(string Id, string Title, string Level, Visibility Visibility, IReadOnlyList<CoveredLoss> Losses, CoveringChange? Change)
{
    public static CoveredRule Of(MendedRule rule, CoverageReport report) => new(
        rule.Rule.Id, rule.Rule.Title, rule.Rule.Level.ToName(), rule.Sight.Visibility, CoveredLoss.Of(rule.Sight, report.Policy, report.IsObserved),
        CoveringChange.Of(rule.Change, rule.Price, report));
}

/// <summary>Requests of which a policy records too little.</summary>
/// <param name="What">In words: which requests, and what of them is missing by which rule of the policy.</param>
/// <param name="Kind">What is missing.</param>
/// <param name="Rule">The index of the policy's rule that decides about them; -1 for none, and where there is no policy.</param>
/// <param name="Level">The level at which nothing would be missing.</param>
/// <param name="Stages">The stages of which one would have to be recorded; none where any later one than RequestReceived will do.</param>
internal sealed record CoveredLoss(string What, LossKind Kind, int Rule, string Level, IReadOnlyList<string> Stages)
{
    public static IReadOnlyList<CoveredLoss> Of(Sight sight, AuditPolicy policy, bool isObserved = false) =>
        [.. sight.Losses.Select(loss => new CoveredLoss(
            LossWords.Of(loss, policy, namesRule: !isObserved), loss.Kind, isObserved ? PolicyDecision.NoRule : loss.PolicyRule, loss.Level.ToString(), [.. loss.Stages.Each().Select(stage => stage.ToString())]))];
}

/// <summary>A change of a policy.</summary>
/// <param name="KeepStages">Stages that the policy as a whole must not omit; its other rules omit them by themselves.</param>
/// <param name="Insert">Rules to put in.</param>
/// <param name="Cost">What it adds a day; left out without a price.</param>
/// <param name="CostBasis">How far that is to be believed: the traffic may lack bodies, so that it is more, or all of the requests.</param>
/// <param name="Reveals">What of secrets the log would hold in clear that it does not hold without the change.</param>
internal sealed record CoveringChange(IReadOnlyList<string> KeepStages, IReadOnlyList<InsertedRule> Insert, DailyVolume? Cost, PriceBasis? CostBasis, IReadOnlyList<string> Reveals)
{
    public static CoveringChange? Of(PolicyChange? change, ChangePrice? price, CoverageReport report) => change is null ? null : new(
        [.. change.Stages.Each().Select(stage => stage.ToString())],
        [.. change.Insertions.Select(insertion => new InsertedRule(insertion.Before, PolicyWriter.Write(insertion.Rule)))],
        price is { } cost ? DailyVolume.Of(cost.Volume, report.TimesADay) : null,
        price?.Basis,
        [.. SecretBodiesCheck.Revealed(change.Changed).Except(SecretBodiesCheck.Revealed(report.Policy), StringComparer.Ordinal)]);
}

/// <summary>A rule to put in.</summary>
/// <param name="Before">The index of the rule to put it before; the number of rules for the end.</param>
/// <param name="Rule">The rule as YAML.</param>
internal sealed record InsertedRule(int Before, string Rule);

/// <summary>What of the evidence for a control a policy shows.</summary>
/// <param name="Framework">The framework's id.</param>
/// <param name="Control">The control's number there.</param>
/// <param name="Text">What it asks for.</param>
/// <param name="Visibility">How much, by the worst of its questions.</param>
/// <param name="Questions">The questions that audit events answer.</param>
/// <param name="Change">The smallest change that mends it; left out where nothing is missing, or where there is no policy to change.</param>
internal sealed record CoveredControl(string Framework, string Control, string Text, Visibility Visibility, IReadOnlyList<CoveredQuestion> Questions, CoveringChange? Change)
{
    public static CoveredControl Of(MendedControl mended, CoverageReport report) => new(
        mended.Coverage.Framework.Id, mended.Coverage.Control.Id, mended.Coverage.Control.Text, mended.Coverage.Visibility ?? Visibility.Blind,
        [.. mended.Coverage.Questions.Select(each => new CoveredQuestion(each.Question.Id, each.Question.Question, each.Sight.Visibility, CoveredLoss.Of(each.Sight, report.Policy, report.IsObserved)))],
        CoveringChange.Of(mended.Change, mended.Price, report));
}

/// <summary>A question whose answer is evidence.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Question">The question.</param>
/// <param name="Visibility">How much of the answer is there.</param>
/// <param name="Losses">What is missing.</param>
internal sealed record CoveredQuestion(string Id, string Question, Visibility Visibility, IReadOnlyList<CoveredLoss> Losses);
