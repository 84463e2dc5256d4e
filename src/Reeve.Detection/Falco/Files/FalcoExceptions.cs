using System.Collections.Immutable;
using Reeve.Detection.Falco.Language;
using Reeve.Detection.Yaml;

namespace Reeve.Detection.Falco.Files;

/// <summary>An exception of a rule: fields, how they are compared, and the values that are no alert.</summary>
internal sealed class FalcoExceptions(ImmutableArray<YamlScalar> fields, ImmutableArray<YamlScalar> comparisons, bool isSingle)
{
    private static readonly string[] Listed = ["in", "intersects", "pmatch"];

    private readonly List<FalcoCondition> _tuples = [];
    private readonly List<FalcoValue> _values = [];

    /// <summary>Reads one; the values may come later.</summary>
    public static FalcoExceptions Read(YamlBlock block)
    {
        var isSingle = block.Required("fields") is YamlScalar;
        ImmutableArray<YamlScalar> fields = [.. block.Texts("fields")];
        ImmutableArray<YamlScalar> comparisons = [.. block.Texts("comps")];
        if (comparisons.Length > 0 && comparisons.Length != fields.Length)
            throw block.Wrong(block.Required("comps"), $"there are {comparisons.Length} comparisons for {fields.Length} fields; each field needs one");
        if (comparisons.FirstOrDefault(comparison => !FalcoConditionParser.Operators.Contains(comparison.Value)) is { } unknown)
            throw block.Wrong(unknown, $"the comparison '{unknown.Value}' is unknown; there are {string.Join(' ', FalcoConditionParser.Operators)}");
        if (fields.IsEmpty)
            throw block.Wrong(block.Required("fields"), "'fields' is empty; name at least one");
        return new FalcoExceptions(fields, comparisons, isSingle);
    }

    /// <summary>Adds the values of a block.</summary>
    public void Add(YamlBlock block)
    {
        if (!block.TryGet("values", out var node))
            return;
        foreach (var item in node is YamlSequence list ? list.Items : throw block.Wrong(node, "'values' must be a list"))
        {
            if (isSingle)
                _values.AddRange(ValuesOf(block, item));
            else
                _tuples.Add(Tuple(block, item));
        }
    }

    /// <summary>The condition of an event that is excepted; null without values.</summary>
    public FalcoCondition? Condition()
    {
        if (isSingle)
            return _values.Count == 0 ? null : Check(fields[0], comparisons.IsEmpty ? "in" : comparisons[0].Value, [.. _values]);
        return _tuples.Count == 0 ? null : new FalcoCondition.Or([.. _tuples]);
    }

    private FalcoCondition.And Tuple(YamlBlock block, YamlNode item)
    {
        if (item is not YamlSequence tuple || tuple.Items.Count != fields.Length)
            throw block.Wrong(item, $"a value is {YamlBlock.Describe(item)}; it must be a list with one for each of the {fields.Length} fields");
        return new FalcoCondition.And([.. tuple.Items.Select((value, at) => Check(fields[at], comparisons.IsEmpty ? "=" : comparisons[at].Value, ValuesOf(block, value)))]);
    }

    private static FalcoCondition.Or Check(YamlScalar field, string comparison, ImmutableArray<FalcoValue> values)
    {
        var parsed = FalcoConditionParser.Parse($"{field.Value} exists");
        if (parsed is not FalcoCondition.Check check)
            throw new FalcoSyntaxException(0, $"'{field.Value}' is no field");
        return Listed.Contains(comparison, StringComparer.Ordinal)
            ? new FalcoCondition.Or([check with { Operator = comparison, Values = values }])
            : new FalcoCondition.Or([.. values.Select(value => check with { Operator = comparison, Values = [value] })]);
    }

    private static ImmutableArray<FalcoValue> ValuesOf(YamlBlock block, YamlNode node) => node switch
    {
        YamlScalar scalar => [new FalcoValue(scalar.Value, IsQuoted: !scalar.IsPlain)],
        YamlSequence list => [.. list.Items.SelectMany(item => ValuesOf(block, item))],
        _ => throw block.Wrong(node, $"a value is {YamlBlock.Describe(node)}; it must be a text or a list"),
    };
}
