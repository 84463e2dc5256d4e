using System.Collections.Immutable;
using Reeve.Detection.Conditions;
using Reeve.Detection.Rules;
using Reeve.Detection.Sigma.Modifiers;
using Reeve.Detection.Yaml;

namespace Reeve.Detection.Sigma.Detections;

/// <summary>The part of a rule or filter that says what to look for: named detections and the condition over them.</summary>
/// <param name="Condition">What both come to.</param>
/// <param name="Remarks">What is hardly meant as it stands there.</param>
/// <param name="Written">Where its fields stand.</param>
internal sealed record DetectionSection(Condition Condition, ImmutableArray<RuleProblem> Remarks, ImmutableArray<WrittenItem> Written)
{
    /// <summary>Reads it.</summary>
    /// <param name="block">The block.</param>
    /// <param name="options">What rules leave to their user.</param>
    /// <param name="others">Keys of the block that are no detections.</param>
    public static DetectionSection Read(YamlBlock block, SigmaOptions options, params ReadOnlySpan<string> others)
    {
        var remarks = ImmutableArray.CreateBuilder<RuleProblem>();
        var written = ImmutableArray.CreateBuilder<WrittenItem>();
        var parser = new DetectionParser(block.File, options, remarks, written);
        var detections = new OrderedDictionary<string, Condition>(StringComparer.Ordinal);
        var names = new List<YamlScalar>();
        foreach (var (key, value) in block.Entries)
        {
            if (key.Value is "condition" or "timeframe" || others.Contains(key.Value))
                continue;
            if (key.Value.Length == 0)
                throw block.Wrong(key, "a detection has no name");
            names.Add(key);
            if (names.Count > SigmaLimits.Detections)
                throw block.Wrong(key, $"a rule has {SigmaLimits.Detections} detections at most");
            detections.Add(key.Value, parser.Parse(key, value));
        }

        if (detections.Count == 0)
            throw block.Wrong(block.Node, "no detection is here; write one like 'selection:' with fields below");
        block.Required("condition");
        var used = new HashSet<string>(StringComparer.Ordinal);
        var conditions = Conditions(block, detections, used);
        foreach (var name in names.Where(name => !used.Contains(name.Value) && name.Value[0] != '_'))
            remarks.Add(new RuleProblem(block.At(name), $"the condition does not refer to the detection '{name.Value}'", IsError: false, "unused-detection"));
        return new DetectionSection(conditions.Length == 1 ? conditions[0] : new Condition.Any(conditions), remarks.ToImmutable(), written.ToImmutable());
    }

    private static ImmutableArray<Condition> Conditions(YamlBlock block, OrderedDictionary<string, Condition> detections, HashSet<string> used)
    {
        var conditions = ImmutableArray.CreateBuilder<Condition>();
        var values = 0;
        foreach (var text in block.Texts("condition"))
        {
            conditions.Add(ConditionParser.Parse(text.Value, detections, used, (at, message) => new RuleFormatException(PlaceIn(block, text, at), message)));
            values += ConditionSize.Of(conditions[^1]);
            if (values > SigmaLimits.Values)
                throw block.Wrong(text, $"up to here the conditions compare with more than {SigmaLimits.Values} values");
        }

        return conditions.Count > 0 ? conditions.ToImmutable() : throw block.Wrong(block.Required("condition"), "the list of conditions is empty");
    }

    // Of a text over several lines only its beginning is known.
    private static RulePlace PlaceIn(YamlBlock block, YamlScalar text, int at) =>
        new(block.File, text.Line, text.Value.AsSpan(0, Math.Min(at, text.Value.Length)).Contains('\n') ? text.Column : text.Column + at + (text.IsPlain ? 0 : 1));
}
