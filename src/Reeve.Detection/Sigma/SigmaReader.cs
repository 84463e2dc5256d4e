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
        private readonly Dictionary<string, RulePlace> _names = new(StringComparer.Ordinal);
        private readonly List<(string Id, YamlBlock Block)> _heads = [];
        private readonly List<DetectionRule> _rules = [];
        private readonly List<SigmaFilter> _filters = [];
        private readonly List<CorrelationDraft> _correlations = [];

        public void Add(YamlBlock block)
        {
            try
            {
                if (block.Has("filter"))
                    AddFilter(block);
                else if (block.Has("correlation"))
                    AddCorrelation(CorrelationDraft.Read(block));
                else
                    AddRule(block);
            }
            catch (RuleFormatException failure)
            {
                problems.Add(failure.Problem);
            }
        }

        public RuleSet Finish()
        {
            var rules = FilteredRules.Of(_rules, _filters, problems);
            var correlations = CorrelationResolver.Resolve(rules, _correlations, problems);
            var silent = Silent(correlations);
            problems.AddRange(_heads.SelectMany(head => SigmaHeadChecks.Check(head.Block, alerts: !silent.Contains(head.Id))));
            return new RuleSet(
                [.. rules.Select(rule => rule with { Alerts = !silent.Contains(rule.Id), Sleeps = Sleeps(rule) })],
                [.. correlations.Select(rule => rule with { Alerts = !silent.Contains(rule.Id), Sleeps = Sleeps(rule) })]);
        }

        private bool Sleeps(Rule rule) => RequiredLists.AreEmpty(rule.RequiresLists, options);

        // What is only a part of something else does not alert by itself, unless some correlation says so.
        private HashSet<string> Silent(IReadOnlyList<CorrelationRule> correlations)
        {
            var generating = _correlations.Where(draft => draft.Generates).Select(draft => draft.Head.Id).ToHashSet(StringComparer.Ordinal);
            var spoken = correlations.Where(rule => generating.Contains(rule.Id)).SelectMany(rule => rule.Rules).ToHashSet(StringComparer.Ordinal);
            return [.. correlations.SelectMany(rule => rule.Rules).Where(id => !spoken.Contains(id))];
        }

        private void AddFilter(YamlBlock block)
        {
            if (_filters.Count == SigmaLimits.Filters)
                throw block.Wrong(block.Node, $"there are more than {SigmaLimits.Filters} filters; put several into one");
            _filters.Add(SigmaRule.ReadFilter(block, options, problems));
        }

        private void AddRule(YamlBlock block)
        {
            var head = SigmaHead.Read(block);
            var rule = SigmaRule.Read(block, head, options, problems);
            Claim(head, block);
            _rules.Add(rule);
        }

        private void AddCorrelation(CorrelationDraft draft)
        {
            Claim(draft.Head, draft.Block);
            _correlations.Add(draft);
        }

        private void Claim(SigmaHead head, YamlBlock block)
        {
            RequiredLists.Check(block, options);
            if (!_ids.TryAdd(head.Id, block.Place))
                throw new RuleFormatException(block.Place, $"the id '{head.Id}' is taken: {_ids[head.Id]} has it already");
            if (head.Name.Length > 0 && !_names.TryAdd(head.Name, block.Place))
                problems.Add(new RuleProblem(block.Place, $"the name '{head.Name}' is taken: correlations that refer to it mean the rule at {_names[head.Name]}", IsError: false, "name-taken"));
            _heads.Add((head.Id, block));
        }
    }
}
