using System.Collections.Immutable;
using Reeve.Audit.Findings;
using Reeve.Audit.Policy;
using Reeve.Audit.Policy.Forecasts;
using Reeve.Audit.Policy.Traffic;
using Reeve.Detection.Policy.Changes;
using Reeve.Detection.Policy.Coverage;
using Reeve.Detection.Policy.Linting;
using Reeve.Detection.Rules;

namespace Reeve.Detection.Policy.Suggestion;

/// <summary>
/// Makes an audit policy from what rules must see and what was seen: bodies only where such a rule looks into them, secret values never,
/// RequestReceived only where such a rule needs it, and nothing at all where it saves and none of them looks. Not thread-safe.
/// </summary>
/// <param name="rules">All rules that run.</param>
/// <param name="keep">From which level on a rule must go on to see all it could.</param>
/// <param name="traffic">What was recorded.</param>
public sealed class PolicySuggester(RuleSet rules, FindingLevel keep, RecordedTraffic traffic)
{
    // Saving less than a hundredth is not worth a rule to read.
    private const double LeastShare = 0.01;

    private static readonly AuditPolicy Everything = new() { Rules = [new() { Level = AuditLevel.RequestResponse }] };

    private static readonly ImmutableArray<GroupResources> Secrets =
    [
        new() { Resources = ["secrets"] },
        new() { Group = "authentication.k8s.io", Resources = ["tokenreviews"] },
    ];

    private readonly DraftPolicy _draft = new();

    /// <summary>Makes it.</summary>
    /// <param name="progress">Told what it is doing, and how much of it is done, 0 to 1.</param>
    /// <param name="ct">Ends it.</param>
    public PolicySuggestion Suggest(Action<string, double>? progress = null, CancellationToken ct = default)
    {
        progress?.Invoke("looking at what the rules need", 0);
        AddNeeds(ct);
        foreach (var (what, rule) in NoiseCandidates.WithoutBodies)
            AddWithoutBodies(what, rule, ct);
        OmitReceived(ct);
        var offers = Drop(progress, ct);
        progress?.Invoke("looking at what is weakened", 0.9);
        var (policy, comments) = _draft.Finish();
        var forecast = PolicyForecast.Of(policy, traffic, ct);
        var weakened = new PolicyCoverage(policy, ct).Of(rules).Where(each => each.Sight.Visibility != Visibility.Full).Select(each => Weakened(policy, forecast, each, ct));
        return new PolicySuggestion(policy, comments, forecast, PolicyForecast.Of(Everything, traffic, ct), [.. weakened.OrderByDescending(each => each.Rule.Level)], offers);
    }

    // What rules lose where nothing is recorded is what they need.
    private void AddNeeds(CancellationToken ct)
    {
        _draft.Add(new PolicyRule { Level = AuditLevel.Metadata, Resources = Secrets }, "Who touched secrets, without their values.");
        var needed = new PolicyCoverage(new AuditPolicy(), ct).Of(rules, keep).SelectMany(each => each.Sight.Losses).ToList();
        foreach (var level in new[] { AuditLevel.RequestResponse, AuditLevel.Request })
        {
            foreach (var rule in LossRules.Of(needed.Where(loss => loss.Level == level)))
                _draft.Add(rule, level == AuditLevel.Request ? "Rules look into the bodies of these requests." : "Rules look into the answers of these requests.");
        }

        _draft.Add(new PolicyRule { Level = AuditLevel.Metadata, Verbs = ["get", "list", "watch"] }, "Who read what.");
        _draft.Add(new PolicyRule { Level = AuditLevel.Metadata }, "Everything else: who did what.");
        _draft.OmitManagedFields = true;
    }

    private void AddWithoutBodies(string what, PolicyRule rule, CancellationToken ct)
    {
        var before = _draft.Policy;
        var after = before with { Rules = before.Rules.Insert(0, rule) };
        if (PolicyForecast.Of(after, traffic, ct).Total.Bytes < PolicyForecast.Of(before, traffic, ct).Total.Bytes && !Weakens(after, ct).Any())
            _draft.AddFirst(rule, what);
    }

    // Every request twice costs most of what a log holds, and only what hides itself by its answer needs both.
    private void OmitReceived(CancellationToken ct)
    {
        for (var index = 0; index < _draft.Count; index++)
        {
            ct.ThrowIfCancellationRequested();
            _draft.TryChange(index, rule => rule with { OmitStages = AuditStages.RequestReceived }, policy => !Weakens(policy, ct).Any());
        }
    }

    private ImmutableArray<DropOffer> Drop(Action<string, double>? progress, CancellationToken ct)
    {
        var offers = ImmutableArray.CreateBuilder<DropOffer>();
        var candidates = NoiseCandidates.Of(traffic).ToList();
        for (var index = 0; index < candidates.Count; index++)
        {
            ct.ThrowIfCancellationRequested();
            progress?.Invoke($"trying to leave out {candidates[index].What}", 0.1 + (0.8 * index / candidates.Count));
            if (Offer(candidates[index].What, candidates[index].Rule, ct) is not { } offer)
                continue;
            if (offer.Weakens.IsEmpty)
                _draft.AddFirst(offer.Rule, $"Noise: {offer.What}. No rule of level {keep.ToName()} or above looks at it.");
            else
                offers.Add(offer);
        }

        return offers.ToImmutable();
    }

    private DropOffer? Offer(string what, PolicyRule rule, CancellationToken ct)
    {
        var dropping = rule with { Level = AuditLevel.None };
        if (rule is { Users.IsEmpty: true, UserGroups.IsEmpty: true, NonResourceUrls.IsEmpty: true })
            return null;
        var before = _draft.Policy;
        var after = before with { Rules = before.Rules.Insert(0, dropping) };
        var (was, would) = (PolicyForecast.Of(before, traffic, ct).Total, PolicyForecast.Of(after, traffic, ct).Total);
        return (was - would).ShareOf(was) < LeastShare ? null : new DropOffer(what, dropping, was - would, [.. Weakens(after, ct)]);
    }

    private IEnumerable<Rule> Weakens(AuditPolicy policy, CancellationToken ct) =>
        new PolicyCoverage(policy, ct).Of(rules, keep).Where(each => each.Sight.Visibility != Visibility.Full).Select(each => each.Rule);

    private WeakenedRule Weakened(AuditPolicy policy, PolicyForecast forecast, RuleCoverage each, CancellationToken ct)
    {
        var change = PolicyChange.For(policy, each.Sight.Losses)!;
        return new WeakenedRule(each.Rule, each.Sight, ChangePrice.Of(change, forecast, traffic, ct), SecretBodiesCheck.Check(change.Changed).Any());
    }
}
