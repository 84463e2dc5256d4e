namespace Reeve.Detection.Matching.Nodes;

/// <summary>Always or never.</summary>
internal sealed class ConstantNode : Node
{
    private readonly bool _value;

    private ConstantNode(bool value) => _value = value;

    public static ConstantNode True { get; } = new(true);

    public static ConstantNode False { get; } = new(false);

    public override int Cost => 0;

    public static ConstantNode Of(bool value) => value ? True : False;

    public override bool Holds(MatchSession session) => _value;

    public override Node Given(Func<Predicate, bool?> known) => this;
}

/// <summary>A predicate.</summary>
internal sealed class LeafNode(Predicate predicate) : Node
{
    public override int Cost => predicate.Cost;

    public Predicate Predicate => predicate;

    public override bool Holds(MatchSession session) => session.Ask(predicate);

    public override Node Given(Func<Predicate, bool?> known) => known(predicate) is { } value ? ConstantNode.Of(value) : this;
}

/// <summary>The opposite.</summary>
internal sealed class NotNode : Node
{
    private readonly Node _inner;

    private NotNode(Node inner) => _inner = inner;

    public override int Cost => _inner.Cost;

    public static Node Of(Node inner) => inner switch
    {
        ConstantNode => ConstantNode.Of(inner == ConstantNode.False),
        NotNode not => not._inner,
        _ => new NotNode(inner),
    };

    public override bool Holds(MatchSession session) => !_inner.Holds(session);

    public override Node Given(Func<Predicate, bool?> known)
    {
        var inner = _inner.Given(known);
        return ReferenceEquals(inner, _inner) ? this : Of(inner);
    }
}

/// <summary>All of several, or any of them; the cheap ones are asked first.</summary>
internal sealed class GroupNode : Node
{
    private readonly Node[] _parts;
    private readonly bool _all;

    private GroupNode(Node[] parts, bool all) => (_parts, _all) = (parts, all);

    public IReadOnlyList<Node> Parts => _parts;

    public override int Cost => _parts.Sum(part => part.Cost);

    public static Node All(IEnumerable<Node> parts) => Of(parts, all: true);

    public static Node Any(IEnumerable<Node> parts) => Of(parts, all: false);

    public override bool Holds(MatchSession session)
    {
        foreach (var part in _parts)
        {
            if (part.Holds(session) != _all)
                return !_all;
        }

        return _all;
    }

    public override Node Given(Func<Predicate, bool?> known)
    {
        Node[]? changed = null;
        for (var i = 0; i < _parts.Length; i++)
        {
            var part = _parts[i].Given(known);
            if (ReferenceEquals(part, Decides(_all)))
                return part;
            if (!ReferenceEquals(part, _parts[i]))
                (changed ??= [.. _parts])[i] = part;
        }

        return changed is null ? this : Of(changed, _all);
    }

    private static Node Of(IEnumerable<Node> parts, bool all)
    {
        var kept = new List<Node>();
        foreach (var part in parts)
        {
            if (ReferenceEquals(part, Decides(all)))
                return part;
            if (part is GroupNode group && group._all == all)
                kept.AddRange(group._parts);
            else if (part is not ConstantNode)
                kept.Add(part);
        }

        return kept.Count switch
        {
            0 => ConstantNode.Of(all),
            1 => kept[0],
            _ => new GroupNode([.. kept.Distinct().OrderBy(part => part.Cost)], all),
        };
    }

    // False ends an "all", true an "any".
    private static ConstantNode Decides(bool all) => ConstantNode.Of(!all);
}
