namespace Reeve.Detection.Policy.Coverage;

/// <summary>Which requests one loss is of. Everything in the order in which it was added. Not thread-safe.</summary>
internal sealed class LossSum
{
    private readonly OrderedDictionary<(bool IsResource, string Group, string What), InOrder<string>> _targets = [];
    private readonly InOrder<LostCaller> _callers = new();
    private readonly InOrder<string> _namespaces = new();
    private readonly InOrder<string> _names = new();
    private bool _isAnyNamespace;
    private bool _isAnyName;

    /// <summary>Adds a class.</summary>
    public void Add(RequestClass lost)
    {
        var request = lost.Request;
        VerbsOf((request.IsResource, request.ApiGroup, request.IsResource ? request.Written : request.Path)).Add(request.Verb);
        _callers.Add(new LostCaller(lost.Caller.Name, lost.Caller.Kind == CallerKind.Group));
        if (lost.IsAnyNamespace)
            _isAnyNamespace = true;
        else
            _namespaces.Add(request.Namespace);
        if (request.Name.Length == 0)
            _isAnyName = true;
        else
            _names.Add(request.Name);
    }

    /// <summary>Adds what another has.</summary>
    public void Add(LossSum other)
    {
        foreach (var (target, verbs) in other._targets)
            VerbsOf(target).AddAll(verbs);
        _callers.AddAll(other._callers);
        _namespaces.AddAll(other._namespaces);
        _names.AddAll(other._names);
        _isAnyNamespace |= other._isAnyNamespace;
        _isAnyName |= other._isAnyName;
    }

    /// <summary>The loss.</summary>
    public Loss Of(LossKey key) => new(
        key.Kind, key.PolicyRule, key.Level, key.Stages,
        [.. _targets.Select(each => new LostTarget(Named(each.Key.Group), Named(each.Key.What.Replace(RequestTargets.Other, "*", StringComparison.Ordinal)), each.Key.IsResource, [.. each.Value.Items]))],
        key.IsOfAll ? [] : [.. _callers.Items],
        [.. Few(_namespaces, _isAnyNamespace)],
        [.. Few(_names, _isAnyName)]);

    private InOrder<string> VerbsOf((bool, string, string) target)
    {
        if (!_targets.TryGetValue(target, out var verbs))
            _targets[target] = verbs = new();
        return verbs;
    }

    private static IEnumerable<string> Few(InOrder<string> texts, bool isAny) => isAny || texts.Contains(RequestTargets.Other) ? [] : texts.Items;

    private static string? Named(string text) => text is RequestTargets.Other or "*" or "*/*" or "/*" ? null : text;

    private sealed class InOrder<T>
    {
        private readonly HashSet<T> _known = [];
        private readonly List<T> _items = [];

        public IReadOnlyList<T> Items => _items;

        public bool Contains(T item) => _known.Contains(item);

        public void Add(T item)
        {
            if (_known.Add(item))
                _items.Add(item);
        }

        public void AddAll(InOrder<T> items) => items._items.ForEach(Add);
    }
}
