using System.Collections.Immutable;
using Reeve.Detection.Rules;
using Reeve.Detection.Sigma.Correlations;
using Reeve.Detection.Sigma.Documents;
using Reeve.Detection.Yaml;

namespace Reeve.Detection.Sigma;

/// <summary>
/// Reads Sigma 2.1: rules, correlations and filters of any number of files together. Whatever can run does, whatever stands
/// beside it; no text makes it throw.
/// </summary>
public static class SigmaReader
{
    /// <summary>Reads files.</summary>
    public static RuleReading Read(IEnumerable<RuleFile> files, SigmaOptions options)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(options);
        var problems = new List<RuleProblem>();
        var drafts = new SigmaDrafts(options, problems);
        foreach (var block in files.SelectMany(file => SigmaDocuments.Read(file, problems)))
            drafts.Add(block);
        return new RuleReading(drafts.Finish(), [.. problems]);
    }

    private sealed class SigmaDrafts(SigmaOptions options, List<RuleProblem> problems)
    {
        private readonly Dictionary<string, RulePlace> _ids = new(StringComparer.Ordinal);
        private readonly List<DetectionRule> _rules = [];
        private readonly List<SigmaFilter> _filters = [];
        private readonly List<CorrelationDraft> _correlations = [];

        public void Add(YamlBlock block)
        {
            try
            {
                if (block.Has("filter"))
                    _filters.Add(SigmaRule.ReadFilter(block, options));
                else if (block.Has("correlation"))
                    AddCorrelation(CorrelationDraft.Read(block));
                else
                    AddRule(SigmaRule.Read(block, options, problems));
            }
            catch (RuleFormatException failure)
            {
                problems.Add(failure.Problem);
            }
        }

        public RuleSet Finish()
        {
            foreach (var filter in _filters.Where(filter => !_rules.Any(filter.AppliesTo)))
                problems.Add(new RuleProblem(filter.Place, $"the filter '{filter.Title}' applies to no rule that was read", IsError: false, "idle-filter"));
            var rules = _rules.Select(rule => _filters.Aggregate(rule, (filtered, filter) => filter.Apply(filtered))).ToList();
            var correlations = CorrelationResolver.Resolve(rules, _correlations, problems);
            var silent = Silent(correlations);
            return new RuleSet(
                [.. rules.Select(rule => rule with { Alerts = !silent.Contains(rule.Id) })],
                [.. correlations.Select(rule => rule with { Alerts = !silent.Contains(rule.Id) })]);
        }

        // What is only a part of something else does not alert by itself, unless some correlation says so.
        private HashSet<string> Silent(IReadOnlyList<CorrelationRule> correlations)
        {
            var generating = _correlations.Where(draft => draft.Generates).Select(draft => draft.Head.Id).ToHashSet(StringComparer.Ordinal);
            var spoken = correlations.Where(rule => generating.Contains(rule.Id)).SelectMany(rule => rule.Rules).ToHashSet(StringComparer.Ordinal);
            return [.. correlations.SelectMany(rule => rule.Rules).Where(id => !spoken.Contains(id))];
        }

        private void AddRule(DetectionRule rule)
        {
            Claim(rule.Id, rule.Place);
            _rules.Add(rule);
        }

        private void AddCorrelation(CorrelationDraft draft)
        {
            Claim(draft.Head.Id, draft.Block.Place);
            _correlations.Add(draft);
        }

        private void Claim(string id, RulePlace place)
        {
            if (!_ids.TryAdd(id, place))
                throw new RuleFormatException(place, $"the id '{id}' is taken: {_ids[id]} has it already");
        }
    }
}
