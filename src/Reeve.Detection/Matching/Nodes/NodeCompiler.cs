using System.Runtime.InteropServices;
using Reeve.Detection.Conditions;
using Reeve.Detection.Fields;
using Reeve.Detection.Matching.Slots;
using Reeve.Detection.Matching.Tests;

namespace Reeve.Detection.Matching.Nodes;

/// <summary>Turns conditions into nodes; equal questions become one predicate. Not thread-safe.</summary>
internal sealed class NodeCompiler(SlotTable slots)
{
    private readonly Dictionary<Condition, LeafNode> _leaves = [];
    private readonly List<Predicate> _predicates = [];

    /// <summary>All predicates by their numbers.</summary>
    public IReadOnlyList<Predicate> Predicates => _predicates;

    /// <summary>The condition as it runs.</summary>
    public Node Compile(Condition condition) => condition switch
    {
        Condition.Constant constant => ConstantNode.Of(constant.Value),
        Condition.All all => GroupNode.All(all.Parts.Select(part => Compile(part))),
        Condition.Any any => GroupNode.Any(Merge(any).Select(part => Compile(part))),
        Condition.Not not => NotNode.Of(Compile(not.Inner)),
        _ => Leaf(condition),
    };

    // Tests of one field by one another: together they are asked at once.
    private static IEnumerable<Condition> Merge(Condition.Any any)
    {
        var tests = any.Parts.OfType<Condition.Has>().Where(has => !has.Every).GroupBy(has => has.Field).Where(group => group.Count() > 1).ToList();
        var merged = tests.SelectMany(group => group).ToHashSet<Condition>(ReferenceEqualityComparer.Instance);
        return tests.Select(group => new Condition.Has(group.Key, new ValueTest.AnyOf([.. group.Select(has => has.Test)])))
            .Concat(any.Parts.Where(part => !merged.Contains(part)));
    }

    private LeafNode Leaf(Condition condition)
    {
        ref var leaf = ref CollectionsMarshal.GetValueRefOrAddDefault(_leaves, condition, out var known);
        if (known)
            return leaf!;
        var predicate = Compile(condition, _predicates.Count);
        _predicates.Add(predicate);
        return leaf = new LeafNode(predicate);
    }

    private Predicate Compile(Condition condition, int index) => condition switch
    {
        Condition.Has has => new HasPredicate(has, slots.Add(has.Field), Test(has.Test)) { Index = index },
        Condition.Exists exists => new ExistsPredicate(exists, slots.Add(exists.Field)) { Index = index },
        Condition.IsNull isNull => new NullPredicate(isNull, slots.Add(isNull.Field)) { Index = index },
        Condition.Relates relates => new RelatesPredicate(relates, slots.Add(relates.Left), slots.Add(relates.Right)) { Index = index },
        Condition.Keyword keyword => new KeywordPredicate(keyword, Test(keyword.Test)) { Index = index },
        _ => throw new ArgumentOutOfRangeException(nameof(condition), condition, "no such condition"),
    };

    private BytesTest Test(ValueTest test)
    {
        foreach (var field in FieldsOf(test))
            slots.Add(field);
        return TestCompiler.Compile(test);
    }

    private static IEnumerable<Field> FieldsOf(ValueTest test) => test switch
    {
        ValueTest.IsExpanded expanded => expanded.Pieces.Select(piece => piece.Field).OfType<Field>(),
        ValueTest.AnyOf any => any.Tests.SelectMany(FieldsOf),
        ValueTest.Not not => FieldsOf(not.Inner),
        _ => [],
    };
}
