using System.Collections.Immutable;
using System.Globalization;
using Reeve.Detection.Conditions;
using Reeve.Detection.Fields;
using Reeve.Detection.Rules;
using Reeve.Detection.Yaml;

namespace Reeve.Detection.Sigma.Correlations;

/// <summary>Reads correlation rules (Sigma correlation rules specification 2.1), and <c>new_value</c>, which is ours.</summary>
internal static class CorrelationReader
{
    private static readonly Dictionary<string, CorrelationType> Types = new(StringComparer.Ordinal)
    {
        ["event_count"] = CorrelationType.EventCount,
        ["value_count"] = CorrelationType.ValueCount,
        ["value_sum"] = CorrelationType.ValueSum,
        ["value_avg"] = CorrelationType.ValueAverage,
        ["value_percentile"] = CorrelationType.ValuePercentile,
        ["temporal"] = CorrelationType.Temporal,
        ["temporal_ordered"] = CorrelationType.TemporalOrdered,
        ["new_value"] = CorrelationType.NewValue,
    };

    private static readonly Dictionary<string, Comparison> Comparisons = new(StringComparer.Ordinal)
    {
        ["gt"] = Comparison.Greater,
        ["gte"] = Comparison.GreaterOrEqual,
        ["lt"] = Comparison.Less,
        ["lte"] = Comparison.LessOrEqual,
        ["eq"] = Comparison.Equal,
        ["neq"] = Comparison.NotEqual,
    };

    /// <summary>Reads one whose references are known.</summary>
    /// <param name="draft">The correlation.</param>
    /// <param name="ids">The ids of the rules it refers to, in its order.</param>
    /// <param name="known">Ids by id, name and title.</param>
    public static CorrelationRule Read(CorrelationDraft draft, IReadOnlyList<string> ids, IReadOnlyDictionary<string, string> known)
    {
        var (block, head) = (draft.Correlation, draft.Head);
        if (ids.Count == 0)
            throw block.Wrong(block.Node, "'rules' is missing: the ids or names of the rules to correlate");
        var typeName = block.Text("type");
        if (!Types.TryGetValue(typeName, out var type))
            throw block.Wrong(block.TryGet("type", out var node) ? node : block.Node, $"the correlation type '{typeName}' is unknown; there are {string.Join(", ", Types.Keys)}");
        var rule = new CorrelationRule
        {
            Id = head.Id,
            Title = head.Title,
            Name = head.Name,
            Description = head.Description,
            Level = head.Level,
            Tags = head.Tags,
            FalsePositives = head.FalsePositives,
            References = head.References,
            RequiresLists = head.RequiresLists,
            Place = draft.Block.Place,
            Written = [.. head.Written, .. CorrelationFields.Written(block)],
            Type = type,
            Rules = [.. ids],
            GroupBy = [.. block.Texts("group-by").Select(field => CorrelationFields.Read(block, field, known))],
            Timespan = Timespans.Read(block, "timespan"),
            Learning = type == CorrelationType.NewValue ? Timespans.Read(block, "learning") : default,
        };
        return WithCondition(rule, block, known);
    }

    private static CorrelationRule WithCondition(CorrelationRule rule, YamlBlock block, IReadOnlyDictionary<string, string> known)
    {
        var isTemporal = rule.Type is CorrelationType.Temporal or CorrelationType.TemporalOrdered;
        if (!block.TryGet("condition", out var node))
            return isTemporal ? rule : throw block.Wrong(block.Node, $"'condition' is missing, like 'gte: 10'");
        if (node is YamlScalar text)
        {
            return isTemporal
                ? rule with { Expression = ExpressionParser.Parse(text.Value, name => known.TryGetValue(name, out var id) && rule.Rules.Contains(id) ? id : null, message => block.Wrong(text, message)) }
                : throw block.Wrong(text, "only temporal correlations take a condition in words; write one like 'gte: 10'");
        }

        var condition = block.Block("condition");
        var fields = condition.Texts("field").Select(field => CorrelationFields.Read(block, field, known)).ToImmutableArray();
        var needsField = rule.Type is CorrelationType.ValueCount or CorrelationType.NewValue or CorrelationType.ValueSum or CorrelationType.ValueAverage or CorrelationType.ValuePercentile;
        if (needsField && (fields.IsEmpty || (rule.Type is not (CorrelationType.ValueCount or CorrelationType.NewValue) && fields.Length > 1)))
            throw condition.Wrong(condition.Node, $"'field' is {(fields.IsEmpty ? "missing" : "a list")}: {block.Text("type")} needs the field whose values to take");
        return rule with { ValueFields = fields, Percentile = PercentileOf(rule, condition), Bounds = rule.Type == CorrelationType.NewValue ? [] : [.. BoundsOf(condition)] };
    }

    private static double PercentileOf(CorrelationRule rule, YamlBlock condition)
    {
        const double median = 50;
        if (rule.Type != CorrelationType.ValuePercentile || !condition.Has("percentile"))
            return median;
        return double.TryParse(condition.Text("percentile"), NumberStyles.Float, CultureInfo.InvariantCulture, out var percentile) && percentile is >= 0 and <= 100
            ? percentile
            : throw condition.Wrong(condition.Required("percentile"), "'percentile' takes a number from 0 to 100");
    }

    private static List<CorrelationBound> BoundsOf(YamlBlock condition)
    {
        var bounds = new List<CorrelationBound>();
        foreach (var (key, value) in condition.Entries.Where(entry => entry.Key.Value is not ("field" or "percentile")))
        {
            if (!Comparisons.TryGetValue(key.Value, out var comparison))
                throw condition.Wrong(key, $"'{key.Value}' is no comparison; there are {string.Join(", ", Comparisons.Keys)}");
            if (value is not YamlScalar number || !double.TryParse(number.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var bound) || !double.IsFinite(bound))
                throw condition.Wrong(value, $"'{key.Value}' is {YamlBlock.Describe(value)}; it must be a number");
            bounds.Add(new CorrelationBound(comparison, bound));
        }

        return bounds.Count > 0 ? bounds : throw condition.Wrong(condition.Node, "no bound is here; write one like 'gte: 10'");
    }
}
