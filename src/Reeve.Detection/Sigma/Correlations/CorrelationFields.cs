using System.Collections.Immutable;
using Reeve.Detection.Fields;
using Reeve.Detection.Rules;
using Reeve.Detection.Yaml;

namespace Reeve.Detection.Sigma.Correlations;

/// <summary>The fields of correlations, some of which are aliases.</summary>
internal static class CorrelationFields
{
    /// <summary>A field or alias.</summary>
    public static CorrelationField Read(YamlBlock block, YamlScalar name, IReadOnlyDictionary<string, string> known)
    {
        if (name.Value.Length == 0)
            throw block.Wrong(name, "a field or alias has no name");
        if (!block.Has("aliases") || !block.Block("aliases").TryGet(name.Value, out var node))
            return new CorrelationField(name.Value, new Field.Path(name.Value), ImmutableDictionary<string, Field>.Empty);
        var alias = new YamlBlock(block.File, node, $"the alias '{name.Value}'");
        var fields = ImmutableDictionary.CreateBuilder<string, Field>(StringComparer.Ordinal);
        foreach (var (rule, _) in alias.Entries)
        {
            if (!known.TryGetValue(rule.Value, out var id))
                throw block.Wrong(rule, $"there is no rule with the id or name '{rule.Value}'");
            var field = alias.Text(rule.Value);
            fields[id] = field.Length > 0 ? new Field.Path(field) : throw block.Wrong(rule, $"the alias '{name.Value}' names no field of the rule '{rule.Value}'");
        }

        return new CorrelationField(name.Value, null, fields.ToImmutable());
    }
}
