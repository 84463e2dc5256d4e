using System.Collections.Immutable;
using System.Globalization;
using Reeve.Audit.Fields;
using Reeve.Audit.Policy;
using Reeve.Detection.Rules;
using Reeve.Detection.Yaml;

namespace Reeve.Detection.Policy.Reading;

/// <summary>A policy's YAML while it is read: where everything stands, and what is wrong. Not thread-safe.</summary>
internal sealed class PolicyTree(string file)
{
    // A text of nothing but mistakes would make a list longer than anybody reads.
    private const int MostOfAKind = 1_000;

    private readonly List<RuleProblem> _problems = [];
    private int _errors;

    /// <summary>What was found so far: the first thousand errors, and the first thousand warnings.</summary>
    public IReadOnlyList<RuleProblem> Problems => _problems;

    /// <summary>Whether there is any error.</summary>
    public bool HasErrors => _errors > 0;

    /// <summary>Where each path stands.</summary>
    public Dictionary<string, RulePlace> Places { get; } = new(StringComparer.Ordinal);

    /// <summary>The root, at the empty path.</summary>
    public PolicyNode Root(YamlNode node) => new(this, "", node);

    /// <summary>Adds a problem.</summary>
    public void Add(RuleProblem problem)
    {
        if ((problem.IsError ? _errors : _problems.Count - _errors) >= MostOfAKind)
            return;
        _problems.Add(problem);
        _errors += problem.IsError ? 1 : 0;
    }

    /// <summary>Adds problems of the model, at their places.</summary>
    public void Add(IEnumerable<PolicyProblem> problems, bool isError)
    {
        foreach (var problem in problems.Take(MostOfAKind))
            Add(new(Places.Nearest(problem.Path), problem.Message, isError, problem.Check));
    }

    internal RulePlace PlaceOf(YamlNode node) => new(file, node.Line, node.Column);
}

/// <summary>A node of it, which may be absent: then it is as if it stood empty.</summary>
internal readonly struct PolicyNode
{
    private const int LongestEcho = 40;

    private readonly PolicyTree _tree;
    private readonly string _path;
    private readonly YamlNode? _node;

    public PolicyNode(PolicyTree tree, string path, YamlNode? node)
    {
        (_tree, _path, _node) = (tree, path, node);
        if (node is not null)
            tree.Places[path] = tree.PlaceOf(node);
    }

    /// <summary>What it is, for messages.</summary>
    public string Words => _node is null ? "nothing" : YamlBlock.Describe(_node);

    /// <summary>Reports an error at it.</summary>
    public void Wrong(string message) => _tree.Add(new(_tree.PlaceOf(_node!), message));

    /// <summary>Its keys. One that is not known is passed over, of one that stands twice the last counts; both with a warning.</summary>
    /// <param name="known">The keys there are.</param>
    /// <param name="what">What it is.</param>
    public PolicyKeys Keys(IReadOnlyList<string> known, string what)
    {
        var keys = new Dictionary<string, PolicyNode>(StringComparer.Ordinal);
        if (_node is not YamlMapping mapping)
        {
            if (_node is not null)
                Wrong($"{what} is {Words}; it must be keys with values");
            return new(_tree, _path, keys);
        }

        foreach (var (key, value) in mapping.Entries)
        {
            if (!known.Contains(key.Value, StringComparer.Ordinal))
            {
                Warn(key, Unknown(key.Value, known, what));
                continue;
            }

            if (keys.ContainsKey(key.Value))
                Warn(key, $"the key '{key.Value}' stands twice in {what}; the apiserver takes the last of them");
            keys[key.Value] = Child(key.Value, value);
        }

        return new(_tree, _path, keys);
    }

    /// <summary>The items of a list; none of what is absent.</summary>
    public IEnumerable<PolicyNode> Items(string what)
    {
        if (_node is null or YamlScalar { IsNull: true })
            return [];
        if (_node is not YamlSequence list)
        {
            Wrong($"{what} is {Words}; it must be a list");
            return [];
        }

        var (tree, path) = (_tree, _path);
        return [.. list.Items.Select((item, index) => new PolicyNode(tree, string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]"), item))];
    }

    /// <summary>A list of texts.</summary>
    public ImmutableArray<string> Texts() => [.. Items(Last(_path)).Select(item => item.Text() ?? "")];

    /// <summary>A text; null where it is absent. What YAML takes for a number or a truth value is none.</summary>
    public string? Text()
    {
        if (_node is null or YamlScalar { IsNull: true })
            return null;
        if (_node is not YamlScalar scalar)
            Wrong($"{Last(_path)} is {Words}; it must be a text");
        else if (scalar.IsPlain && IsOtherKind(scalar.Value))
            Wrong(scalar.Value.Length > LongestEcho ? "YAML does not take this for a text; put it in double quotes" : $"YAML does not take {scalar.Value} for a text; write \"{scalar.Value}\"");
        else
            return scalar.Value;
        return "";
    }

    /// <summary>A truth value; null where it is absent.</summary>
    public bool? Flag()
    {
        if (_node is null or YamlScalar { IsNull: true })
            return null;
        if (_node is YamlScalar { IsPlain: true, Value: "true" or "false" } scalar)
            return scalar.Value == "true";
        Wrong($"{Last(_path)} is {Words}; it must be true or false");
        return null;
    }

    private PolicyNode Child(string key, YamlNode value) => new(_tree, _path.Length == 0 ? key : $"{_path}.{key}", value);

    private void Warn(YamlScalar key, string message) => _tree.Add(new(_tree.PlaceOf(key), message, IsError: false));

    private static string Unknown(string key, IReadOnlyList<string> known, string what) =>
        NearestName.Find(key, known) is { } meant ? $"{what} has no key {PolicyProblem.Quote(key)}, and the apiserver passes over it; did you mean '{meant}'?"
        : $"{what} has no key {PolicyProblem.Quote(key)}, and the apiserver passes over it; if it belongs to what stands above, its indentation is wrong";

    private static string Last(string path) => path[(path.LastIndexOf('.') + 1)..];

    // As sigs.k8s.io/yaml reads plain scalars, which is YAML 1.1.
    private static bool IsOtherKind(string text) =>
        text is "true" or "True" or "TRUE" or "false" or "False" or "FALSE" or "yes" or "Yes" or "YES" or "no" or "No" or "NO" or "on" or "On" or "ON" or "off" or "Off" or "OFF"
        || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}

/// <summary>The keys of a node.</summary>
internal readonly struct PolicyKeys(PolicyTree tree, string path, Dictionary<string, PolicyNode> keys)
{
    /// <summary>The value of a key, which may be absent.</summary>
    public PolicyNode At(string key) => keys.TryGetValue(key, out var node) ? node : new(tree, $"{path}.{key}", null);
}
