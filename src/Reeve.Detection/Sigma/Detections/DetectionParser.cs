using System.Collections.Immutable;
using Reeve.Detection.Conditions;
using Reeve.Detection.Rules;
using Reeve.Detection.Sigma.Modifiers;
using Reeve.Detection.Sigma.Values;
using Reeve.Detection.Yaml;

namespace Reeve.Detection.Sigma.Detections;

/// <summary>The search identifiers of a rule: maps whose entries must all hold, lists of which one must, keywords.</summary>
internal sealed class DetectionParser(string file, SigmaOptions options, ICollection<RuleProblem> remarks, ICollection<WrittenItem> written)
{
    private const int MostModifiers = 16;

    /// <summary>What a search identifier means.</summary>
    public Condition Parse(YamlScalar name, YamlNode node) => node switch
    {
        YamlMapping map => Map(map),
        YamlSequence list => List(name, list),
        YamlScalar { IsNull: false } => Keywords(name, [node]),
        _ => throw Wrong(node, $"'{name.Value}' is empty; it must have fields or keywords"),
    };

    private Condition.All Map(YamlMapping map)
    {
        if (map.Entries.Count == 0)
            throw Wrong(map, "a detection without fields matches nothing in particular; name at least one");
        return new Condition.All([.. new YamlBlock(file, map, "a detection").Entries.Select(entry => Item(entry.Key, entry.Value))]);
    }

    private Condition List(YamlScalar name, YamlSequence list)
    {
        if (list.Items.Count == 0)
            throw Wrong(list, $"'{name.Value}' is an empty list");
        var keywords = list.Items.OfType<YamlScalar>().ToList();
        var parts = list.Items.Where(item => item is not YamlScalar).Select(item => Parse(name, item)).ToList();
        if (keywords.Count > 0)
            parts.Add(Keywords(name, keywords));
        return parts.Count == 1 ? parts[0] : new Condition.Any([.. parts]);
    }

    private Condition Keywords(YamlScalar name, IReadOnlyList<YamlNode> values) =>
        ItemCompiler.Compile(new DetectionItem(file, name, "", values.Select(ValueOf)), options);

    private Condition Item(YamlScalar key, YamlNode node)
    {
        if (node is YamlMapping || (node is YamlSequence { Items: [YamlMapping, ..] } && key.Value.Length > 0 && key.Value[0] != '|'))
            throw Wrong(node, $"the value of '{key.Value}' is {YamlBlock.Describe(node)}; it must be a text, a number or a list of them");
        var parts = key.Value.Split('|');
        if (parts.Length > MostModifiers)
            throw Wrong(key, $"'{parts[0]}' has more than {MostModifiers} modifiers");
        var values = node is YamlSequence list ? list.Items : [node];
        var item = new DetectionItem(file, key, parts[0].Trim(), values.Select(ValueOf));
        written.Add(new WrittenItem(item.Field, [.. item.Values.Select(value => value.Raw).OfType<string>()], new RulePlace(file, key.Line, key.Column)));
        foreach (var modifier in parts.Skip(1))
        {
            if (!SigmaModifiers.TryApply(modifier.Trim(), item))
                throw Wrong(key, $"the modifier '{modifier}' is unknown; there are {string.Join(", ", SigmaModifiers.Names.Order(StringComparer.Ordinal))}");
        }

        if (item.All && values.Count == 1)
            Remark(key, "single-all", $"'{key.Value}' has one value only, so that 'all' says nothing; leave it out");
        if (values.Count > 1 && item.Values.FirstOrDefault(value => value.IsNull) is { } none)
            Remark(none.Source, "null-in-list", $"null among other values of '{key.Value}' is read as \"or absent\"; Sigma wants a detection of its own for it");
        return ItemCompiler.Compile(item, options);
    }

    private SigmaValue ValueOf(YamlNode node) => node switch
    {
        YamlScalar { IsNull: true } => new SigmaValue(node, null, []),
        YamlScalar scalar => new SigmaValue(node, scalar.Value, SigmaText.Parse(scalar.Value)),
        _ => throw Wrong(node, $"a value is {YamlBlock.Describe(node)}; it must be a text or a number"),
    };

    private void Remark(YamlNode node, string check, string message) => remarks.Add(new RuleProblem(new RulePlace(file, node.Line, node.Column), message, IsError: false, check));

    private RuleFormatException Wrong(YamlNode node, string message) => new(new RulePlace(file, node.Line, node.Column), message);
}
