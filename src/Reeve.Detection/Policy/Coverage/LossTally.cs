using Reeve.Audit.Policy;

namespace Reeve.Detection.Policy.Coverage;

/// <summary>
/// Adds up classes of requests of which a policy records too little, as few losses that can be read. Takes memory for what it tells and not
/// for each class: a policy that names many things makes a great many. Not thread-safe.
/// </summary>
internal sealed class LossTally
{
    private readonly OrderedDictionary<LossKey, LossSum> _sums = [];

    /// <summary>Whether nothing is lost.</summary>
    public bool IsEmpty => _sums.Count == 0;

    /// <summary>The losses, in the order of the policy's rules.</summary>
    public IEnumerable<Loss> Losses => _sums
        .GroupBy(each => each.Key with { IsOfAll = false })
        .SelectMany(alike => alike.Select(each => each.Value.Of(each.Key)))
        .OrderBy(loss => loss.PolicyRule);

    /// <summary>Adds a class.</summary>
    public void Add(LostRequests lost)
    {
        // What is lost of everybody says more than what is lost of some, and is told apart from it.
        var isOfAll = lost.Class.Caller.Kind is CallerKind.Others or CallerKind.WhoFailed;
        SumOf(new(lost.Kind, lost.PolicyRule, lost.Level, lost.Stages, isOfAll)).Add(lost.Class);
    }

    /// <summary>Adds what another has.</summary>
    public void Add(LossTally other)
    {
        foreach (var (key, sum) in other._sums)
            SumOf(key).Add(sum);
    }

    private LossSum SumOf(LossKey key)
    {
        if (!_sums.TryGetValue(key, out var sum))
            _sums[key] = sum = new LossSum();
        return sum;
    }
}

/// <summary>What losses have in common that are told together.</summary>
internal sealed record LossKey(LossKind Kind, int PolicyRule, AuditLevel Level, AuditStages Stages, bool IsOfAll);

/// <summary>A class of requests of which a policy records too little.</summary>
internal sealed record LostRequests(LossKind Kind, RequestClass Class, int PolicyRule, AuditLevel Level, AuditStages Stages);
