using Reeve.Detection.Rules;
using Reeve.Detection.Yaml;

namespace Reeve.Detection.Sigma.Correlations;

/// <summary>Puts ids in the place of names, and each correlation behind those it refers to.</summary>
internal sealed class CorrelationResolver
{
    private const int LongestChain = 50;

    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CorrelationDraft> _drafts;
    private readonly ICollection<RuleProblem> _problems;
    private readonly List<CorrelationRule> _resolved = [];

    // Whether a correlation can run; null while that is being found out.
    private readonly Dictionary<string, bool?> _found = new(StringComparer.Ordinal);

    private CorrelationResolver(IReadOnlyList<DetectionRule> rules, IReadOnlyList<CorrelationDraft> drafts, ICollection<RuleProblem> problems)
    {
        _problems = problems;
        _drafts = drafts.ToDictionary(draft => draft.Head.Id, StringComparer.Ordinal);
        // By id before by name before by title, as the more exact one.
        var heads = rules.Select(rule => (rule.Id, rule.Name, rule.Title)).Concat(drafts.Select(draft => (draft.Head.Id, draft.Head.Name, draft.Head.Title))).ToList();
        foreach (var word in heads.Select(head => (head.Id, head.Id)).Concat(heads.Select(head => (head.Name, head.Id))).Concat(heads.Select(head => (head.Title, head.Id))))
            _ids.TryAdd(word.Item1, word.Item2);
    }

    /// <summary>The correlations that can run; what cannot becomes a problem.</summary>
    public static IReadOnlyList<CorrelationRule> Resolve(IReadOnlyList<DetectionRule> rules, IReadOnlyList<CorrelationDraft> drafts, ICollection<RuleProblem> problems)
    {
        var resolver = new CorrelationResolver(rules, drafts, problems);
        foreach (var draft in drafts)
            resolver.Add(draft, 0);
        return resolver._resolved;
    }

    private bool Add(CorrelationDraft draft, int depth)
    {
        if (_found.TryGetValue(draft.Head.Id, out var found))
            return found ?? throw draft.Block.Wrong(draft.Block.Node, $"the correlation '{draft.Head.Title}' refers to itself by way of others");
        _found[draft.Head.Id] = null;
        try
        {
            if (depth > LongestChain)
                throw draft.Block.Wrong(draft.Block.Node, $"it stands behind more than {LongestChain} correlations in a chain");
            var ids = draft.References.Select(reference => IdOf(draft, reference, depth)).ToList();
            _resolved.Add(CorrelationReader.Read(draft, ids, _ids));
            _found[draft.Head.Id] = true;
            return true;
        }
        catch (RuleFormatException failure)
        {
            _problems.Add(failure.Problem);
            _found[draft.Head.Id] = false;
            return false;
        }
    }

    private string IdOf(CorrelationDraft draft, YamlScalar reference, int depth)
    {
        if (reference.Value.Length == 0 || !_ids.TryGetValue(reference.Value, out var id))
            throw draft.Block.Wrong(reference, $"there is no rule with the id or name '{reference.Value}' that can run");
        if (_drafts.TryGetValue(id, out var inner) && !Add(inner, depth + 1))
            throw draft.Block.Wrong(reference, $"the correlation '{reference.Value}' it refers to cannot run");
        return id;
    }
}
