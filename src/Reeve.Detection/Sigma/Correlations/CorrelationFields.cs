using System.Collections.Immutable;
using Reeve.Detection.Fields;
using Reeve.Detection.Rules;
using Reeve.Detection.Yaml;

namespace Reeve.Detection.Sigma.Correlations;

/// <summary>The fields of correlations, some of which are aliases.</summary>
internal static class CorrelationFields
{
    /// <summary>Where the fields stand, those of aliases too.</summary>
    public static IEnumerable<WrittenItem> Written(YamlBlock block)
    {
        IEnumerable<YamlScalar> fields = block.Texts("group-by");
        if (block.TryGet("condition", out var condition) && condition is YamlMapping)
            fields = fields.Concat(block.Block("condition").Texts("field"));
        if (block.TryGet("aliases", out var aliases) && aliases is YamlMapping map)
            fields = fields.Concat(map.Entries.Select(entry => entry.Value).OfType<YamlMapping>().SelectMany(alias => alias.Entries).Select(entry => entry.Value).OfType<YamlScalar>());
        var rules = block.Texts("rules").Take(1).Select(rule => new WrittenItem("rules", [], block.At(rule)));
        return fields.Select(field => new WrittenItem(field.Value.Trim(), [], block.At(field))).Concat(rules);
    }

    /// <summary>A field or alias.</summary>
    public static CorrelationField Read(YamlBlock block, YamlScalar name, IReadOnlyDictionary<string, string> known)
    {
        if (name.Value.Length == 0)
            throw block.Wrong(name, "a field or alias has no name");
        if (!block.Has("aliases") || !block.Block("aliases").TryGet(name.Value, out var node))
            return new CorrelationField(name.Value, RuleFields.Of(name.Value), ImmutableDictionary<string, Field>.Empty);
        var alias = new YamlBlock(block.File, node, $"the alias '{name.Value}'");
        var fields = ImmutableDictionary.CreateBuilder<string, Field>(StringComparer.Ordinal);
        foreach (var (rule, _) in alias.Entries)
        {
            if (!known.TryGetValue(rule.Value, out var id))
                throw block.Wrong(rule, $"there is no rule with the id or name '{rule.Value}'");
            var field = alias.Text(rule.Value);
            fields[id] = field.Length > 0 ? RuleFields.Of(field) : throw block.Wrong(rule, $"the alias '{name.Value}' names no field of the rule '{rule.Value}'");
        }

        return new CorrelationField(name.Value, null, fields.ToImmutable());
    }
}
