using Reeve.Detection.Falco.Language;
using Reeve.Detection.Rules;
using Reeve.Detection.Yaml;

namespace Reeve.Detection.Falco.Files;

/// <summary>Lists, macros and rules of files in their order, later ones laid over the earlier.</summary>
internal sealed class FalcoCollection(ICollection<RuleProblem> problems)
{
    private static readonly string[] RuleTexts = ["desc", "output", "priority", "source"];

    private readonly Dictionary<string, List<string>> _lists = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FalcoEntry> _macros = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, FalcoEntry> _rules = new(StringComparer.Ordinal);

    /// <summary>The rules, in the order of their first definition.</summary>
    public IEnumerable<FalcoEntry> Rules => _rules.Values;

    /// <summary>The items of a list; null for none of that name.</summary>
    public IReadOnlyList<string>? List(string name) => _lists.GetValueOrDefault(name);

    /// <summary>A macro; null for none of that name.</summary>
    public FalcoEntry? Macro(string name) => _macros.GetValueOrDefault(name);

    /// <summary>Adds the items of a file.</summary>
    public void Add(string file, YamlSequence items)
    {
        foreach (var item in items.Items)
        {
            try
            {
                Add(new YamlBlock(file, item, "an item"));
            }
            catch (RuleFormatException failure)
            {
                problems.Add(failure.Problem);
            }
            catch (FalcoSyntaxException failure)
            {
                problems.Add(new RuleProblem(new RulePlace(file, item.Line, item.Column), failure.Message));
            }
        }
    }

    private void Add(YamlBlock block)
    {
        if (block.Has("list"))
            AddList(block);
        else if (block.Has("macro"))
            AddMacro(block);
        else if (block.Has("rule"))
            AddRule(block);
        else if (!block.Has("required_engine_version") && !block.Has("required_plugin_versions"))
            throw block.Wrong(block.Node, $"an item is none of list, macro, rule, required_engine_version, required_plugin_versions; it begins with '{block.Entries.FirstOrDefault().Key?.Value}'");
    }

    private void AddList(YamlBlock block)
    {
        var name = block.Text("list");
        var items = block.Texts("items").Select(item => item.Value);
        if (!Appends(block, "items"))
            _lists[name] = [.. items];
        else if (_lists.TryGetValue(name, out var before))
            before.AddRange(items);
        else
            throw block.Wrong(block.Node, $"there is no list '{name}' to append to");
    }

    private void AddMacro(YamlBlock block)
    {
        var name = block.Text("macro");
        var condition = Condition(block);
        if (Appends(block, "condition"))
        {
            (Macro(name) ?? throw block.Wrong(block.Node, $"there is no macro '{name}' to append to")).Conditions.Add((block, condition));
            return;
        }

        _macros[name] = new FalcoEntry(block, name);
        _macros[name].Conditions.Add((block, condition));
    }

    private void AddRule(YamlBlock block)
    {
        var name = block.Text("rule");
        var isChange = block.Has("override") || IsTrue(block, "append");
        // Only to switch on or off: what the rule says stays.
        isChange |= _rules.ContainsKey(name) && block.Entries.All(entry => entry.Key.Value is "rule" or "enabled");
        if (isChange && !_rules.ContainsKey(name))
            throw block.Wrong(block.Node, $"there is no rule '{name}' to change");
        if (isChange)
        {
            Change(_rules[name], block, isChange);
            return;
        }

        foreach (var key in new[] { "condition", "output", "priority", "desc" })
            block.Required(key);
        var rule = new FalcoEntry(block, name);
        // Before it counts: a rule that cannot be read is none.
        Change(rule, block, isChange);
        _rules[name] = rule;
    }

    private static void Change(FalcoEntry rule, YamlBlock block, bool isChange)
    {
        if (block.Has("condition"))
        {
            if (!isChange || !Appends(block, "condition"))
                rule.Conditions.Clear();
            rule.Conditions.Add((block, Condition(block)));
        }

        foreach (var key in RuleTexts.Where(block.Has))
            rule.Texts[key] = isChange && Appends(block, key) ? $"{rule.Texts.GetValueOrDefault(key)} {block.Text(key)}" : block.Text(key);
        if (block.Has("tags"))
        {
            if (!isChange || !Appends(block, "tags"))
                rule.Tags.Clear();
            rule.Tags.AddRange(block.Texts("tags").Select(tag => tag.Value));
        }

        if (block.Has("enabled"))
            rule.IsEnabled = IsTrue(block, "enabled");
        AddExceptions(rule, block, isChange);
    }

    private static void AddExceptions(FalcoEntry rule, YamlBlock block, bool isChange)
    {
        if (!block.TryGet("exceptions", out var node))
            return;
        if (!isChange || !Appends(block, "exceptions"))
            rule.Exceptions.Clear();
        foreach (var item in node is YamlSequence list ? list.Items : throw block.Wrong(node, "'exceptions' must be a list"))
        {
            var exception = new YamlBlock(block.File, item, "an exception");
            var name = exception.Text("name");
            if (!rule.Exceptions.TryGetValue(name, out var known) || exception.Has("fields"))
                rule.Exceptions[name] = known = exception.Has("fields") ? FalcoExceptions.Read(exception) : throw exception.Wrong(item, $"there is no exception '{name}' to append to; name its fields");
            known.Add(exception);
        }
    }

    private static YamlScalar Condition(YamlBlock block) =>
        block.Required("condition") as YamlScalar ?? throw block.Wrong(block.Required("condition"), "'condition' must be a text");

    private static bool Appends(YamlBlock block, string key) =>
        IsTrue(block, "append") || (block.Has("override") && block.Block("override").Text(key) == "append");

    private static bool IsTrue(YamlBlock block, string key) => block.Text(key).Equals("true", StringComparison.OrdinalIgnoreCase);
}
