using Reeve.Detection.Conditions;
using Reeve.Detection.Rules;
using Reeve.Detection.Sigma.Values;
using Reeve.Detection.Yaml;

namespace Reeve.Detection.Sigma.Modifiers;

/// <summary>A field with its values while modifiers are applied to it, one after the other.</summary>
internal sealed class DetectionItem(string file, YamlScalar key, string field, IEnumerable<SigmaValue> values)
{
    /// <summary>The field; empty for keywords.</summary>
    public string Field { get; } = field;

    /// <summary>The values, as they are by now.</summary>
    public List<SigmaValue> Values { get; set; } = [.. values];

    /// <summary>What the values have to do with the field.</summary>
    public ItemKind Kind { get; private set; }

    /// <summary>Where in the field a value has to be, for fields that are referred to and placeholders; texts have wildcards for it.</summary>
    public FieldRelation Relation { get; set; }

    /// <summary>The modifier that said where in the field a value has to be; null without one.</summary>
    public string? Placement { get; set; }

    /// <summary>The modifier that changed the values as texts; null without one.</summary>
    public string? Change { get; set; }

    /// <summary>How numbers have to stand to each other; null where nothing was said, which is that they are the same.</summary>
    public Comparison? Comparison { get; set; }

    /// <summary>Of <see cref="ItemKind.TimePart"/>, which.</summary>
    public TimePart TimePart { get; set; }

    /// <summary>Whether all values are asked for, not one of them.</summary>
    public bool All { get; set; }

    /// <summary>Whether all values that the field has must meet it, not one of them; a field without a value does not.</summary>
    public bool Every { get; set; }

    /// <summary>Whether the case counts.</summary>
    public bool Cased { get; set; }

    /// <summary>Whether none of it may be.</summary>
    public bool Negated { get; set; }

    /// <summary>Of regular expressions: the case does not count.</summary>
    public bool IgnoreCase { get; set; }

    /// <summary>Of regular expressions: <c>^</c> and <c>$</c> are the ends of lines.</summary>
    public bool Multiline { get; set; }

    /// <summary>Of regular expressions: the dot is any character, line ends too.</summary>
    public bool Singleline { get; set; }

    /// <summary>Makes it something else than a text; refuses where it is something else already, or was changed as a text.</summary>
    public void Become(ItemKind kind, string modifier)
    {
        if (Kind != ItemKind.Text)
            throw Wrong($"the modifier '{modifier}' does not go with the ones before it");
        var before = kind is ItemKind.FieldReference or ItemKind.Expand ? Change : Change ?? Placement;
        if (before is not null)
            throw Wrong($"the modifier '{modifier}' does not go with '{before}' before it");
        Kind = kind;
    }

    /// <summary>Refuses a modifier that only texts can have.</summary>
    public void RequireText(string modifier)
    {
        if (Kind != ItemKind.Text)
            throw Wrong($"the modifier '{modifier}' does not go with the ones before it");
    }

    /// <summary>Refuses the whole of it.</summary>
    public RuleFormatException Wrong(string message) => new(new RulePlace(file, key.Line, key.Column), message);

    /// <summary>Refuses a value.</summary>
    public RuleFormatException Wrong(SigmaValue value, string message) => new(new RulePlace(file, value.Source.Line, value.Source.Column), message);
}

/// <summary>What the values of an item are.</summary>
internal enum ItemKind : byte
{
    /// <summary>Texts.</summary>
    Text,

    /// <summary>Regular expressions.</summary>
    Regex,

    /// <summary>Networks.</summary>
    Network,

    /// <summary>Numbers to compare with.</summary>
    Number,

    /// <summary>Numbers to compare a part of a time with.</summary>
    TimePart,

    /// <summary>Whether the field is there.</summary>
    Exists,

    /// <summary>Other fields.</summary>
    FieldReference,

    /// <summary>Texts with placeholders.</summary>
    Expand,
}
