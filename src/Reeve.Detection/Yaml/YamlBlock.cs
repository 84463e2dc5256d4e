using System.Diagnostics.CodeAnalysis;
using Reeve.Detection.Rules;

namespace Reeve.Detection.Yaml;

/// <summary>A YAML mapping of a rule file, or of another that people write, asked by its keys; what has the wrong shape is refused with its place. Immutable.</summary>
public sealed class YamlBlock
{
    private readonly Dictionary<string, (YamlScalar Key, YamlNode Value)> _entries = new(StringComparer.Ordinal);

    /// <summary>Takes a node to be a mapping.</summary>
    /// <param name="file">Where it stands, for messages.</param>
    /// <param name="node">The node.</param>
    /// <param name="what">What it is, for messages: <c>a rule</c>.</param>
    /// <exception cref="RuleFormatException">It is no mapping, or a key stands twice.</exception>
    public YamlBlock(string file, YamlNode node, string what)
    {
        (File, Node) = (file, node);
        if (node is not YamlMapping mapping)
            throw Wrong(node, $"{what} is {Describe(node)}; it must be keys with values");
        foreach (var (key, value) in mapping.Entries)
        {
            if (!_entries.TryAdd(key.Value, (key, value)))
                throw Wrong(key, $"the key '{key.Value}' is here twice; line {_entries[key.Value].Key.Line} has it already");
        }
    }

    /// <summary>The file, for messages.</summary>
    public string File { get; }

    /// <summary>The mapping itself.</summary>
    public YamlNode Node { get; }

    /// <summary>The keys with their values, in the order of the file.</summary>
    public IEnumerable<(YamlScalar Key, YamlNode Value)> Entries => _entries.Values;

    /// <summary>Where it stands.</summary>
    public RulePlace Place => At(Node);

    /// <summary>Whether a key is there with a value other than null.</summary>
    public bool Has(string key) => TryGet(key, out _);

    /// <summary>The value of a key; false where it is absent or null.</summary>
    public bool TryGet(string key, [NotNullWhen(true)] out YamlNode? value)
    {
        value = _entries.TryGetValue(key, out var entry) && entry.Value is not YamlScalar { IsNull: true } ? entry.Value : null;
        return value is not null;
    }

    /// <summary>The value of a key that must be there.</summary>
    public YamlNode Required(string key) => TryGet(key, out var value) ? value : throw Wrong(Node, $"'{key}' is missing");

    /// <summary>The text of a key; empty where it is absent.</summary>
    public string Text(string key) => TryGet(key, out var value) ? Scalar(value, key).Value.Trim() : "";

    /// <summary>A list of texts; a single text is a list of one.</summary>
    public IReadOnlyList<YamlScalar> Texts(string key) => !TryGet(key, out var value) ? []
        : value is YamlSequence list ? [.. list.Items.Select(item => Scalar(item, key))]
        : [Scalar(value, key)];

    /// <summary>A mapping of a key that must be there.</summary>
    public YamlBlock Block(string key) => new(File, Required(key), $"'{key}'");

    /// <summary>Refuses keys other than some.</summary>
    /// <exception cref="RuleFormatException">There is another.</exception>
    public void RequireOnly(params ReadOnlySpan<string> keys)
    {
        foreach (var (key, _) in Entries)
        {
            if (!keys.Contains(key.Value))
                throw Wrong(key, $"{Describe(key)} is no key here; there are {string.Join(", ", keys)}");
        }
    }

    /// <summary>Where a node stands.</summary>
    public RulePlace At(YamlNode node) => new(File, node.Line, node.Column);

    /// <summary>Refuses what is at a node.</summary>
    public RuleFormatException Wrong(YamlNode node, string message) => new(At(node), message);

    /// <summary>What a node is, in words.</summary>
    public static string Describe(YamlNode node) => node switch
    {
        YamlScalar { IsNull: true } => "empty",
        YamlScalar scalar => $"'{(scalar.Value.Length > 40 ? scalar.Value[..40] + "…" : scalar.Value)}'",
        YamlSequence => "a list",
        _ => "a block of keys",
    };

    private YamlScalar Scalar(YamlNode node, string key) =>
        node as YamlScalar ?? throw Wrong(node, $"'{key}' is {Describe(node)}; it must be a text");
}
