using System.Collections.Immutable;
using Reeve.Audit.Findings;
using Reeve.Detection.Conditions;
using Reeve.Detection.Falco.Files;
using Reeve.Detection.Falco.Language;
using Reeve.Detection.Rules;
using Reeve.Detection.Yaml;

namespace Reeve.Detection.Falco;

/// <summary>
/// Reads rules of Falco for audit logs (source <c>k8s_audit</c>): lists, macros, rules, exceptions, what later files append or
/// override. Every rule is judged by itself: none hides another. No text makes it throw.
/// </summary>
public static class FalcoReader
{
    private const string AuditSource = "k8s_audit";

    private static readonly Dictionary<string, FindingLevel> Levels = new(StringComparer.OrdinalIgnoreCase)
    {
        ["EMERGENCY"] = FindingLevel.Critical,
        ["ALERT"] = FindingLevel.Critical,
        ["CRITICAL"] = FindingLevel.Critical,
        ["ERROR"] = FindingLevel.High,
        ["WARNING"] = FindingLevel.Medium,
        ["NOTICE"] = FindingLevel.Low,
        ["INFORMATIONAL"] = FindingLevel.Informational,
        ["INFO"] = FindingLevel.Informational,
        ["DEBUG"] = FindingLevel.Informational,
    };

    /// <summary>Reads files, in the order in which they lie over each other.</summary>
    public static RuleReading Read(IEnumerable<RuleFile> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var problems = new List<RuleProblem>();
        var collection = new FalcoCollection(problems);
        foreach (var file in files)
            Add(file, collection, problems);
        var macros = new Dictionary<FalcoEntry, FalcoCondition>();
        FalcoCondition? Macro(string name)
        {
            if (collection.Macro(name) is not { } macro)
                return null;
            if (!macros.TryGetValue(macro, out var condition))
                macros.Add(macro, condition = FalcoText.Parse(macro));
            return condition;
        }

        var rules = ImmutableArray.CreateBuilder<DetectionRule>();
        foreach (var entry in collection.Rules.Where(entry => entry.IsEnabled))
        {
            try
            {
                if (Rule(entry, new FalcoCompiler(Macro, collection.List), problems) is { } rule)
                    rules.Add(rule);
            }
            catch (RuleFormatException failure)
            {
                problems.Add(failure.Problem);
            }
            catch (FalcoSyntaxException failure)
            {
                problems.Add(new RuleProblem(entry.Block.Place, failure.Message));
            }
        }

        return new RuleReading(new RuleSet(rules.ToImmutable(), []), [.. problems]);
    }

    private static void Add(RuleFile file, FalcoCollection collection, List<RuleProblem> problems)
    {
        foreach (var document in RuleDocuments.Read(file, problems))
        {
            if (document is YamlSequence items)
                collection.Add(file.Name, items);
            else
                problems.Add(new RuleProblem(new RulePlace(file.Name, document.Line, document.Column), $"the file is {YamlBlock.Describe(document)}; Falco's rules are a list"));
        }
    }

    private static DetectionRule? Rule(FalcoEntry entry, FalcoCompiler compiler, List<RuleProblem> problems)
    {
        var block = entry.Block;
        if (entry.Texts.GetValueOrDefault("source", "syscall") is var source && source != AuditSource)
        {
            problems.Add(new RuleProblem(block.Place, $"the rule '{entry.Name}' is for the source '{source}'; only those for {AuditSource} run here", IsError: false, "other-source"));
            return null;
        }

        var priority = entry.Texts["priority"];
        if (!Levels.TryGetValue(priority, out var level))
            throw block.Wrong(block.Node, $"the priority '{priority}' is unknown; there are {string.Join(", ", Levels.Keys)}");
        var output = FalcoOutput.Parse(entry.Texts["output"]);
        return new DetectionRule
        {
            Id = $"falco:{entry.Name}",
            Title = entry.Name,
            Description = entry.Texts.GetValueOrDefault("desc", ""),
            Level = level,
            Tags = [.. entry.Tags],
            Format = RuleFormat.Falco,
            Place = block.Place,
            Written = [.. FalcoText.Written(entry)],
            Condition = ConditionOf(entry, compiler),
            Output = output,
            Fields = [.. output.Select(part => part.Field).OfType<Reeve.Detection.Fields.Field>().Distinct()],
        };
    }

    private static Condition ConditionOf(FalcoEntry entry, FalcoCompiler compiler)
    {
        Condition own;
        try
        {
            own = compiler.Compile(FalcoText.Parse(entry));
        }
        catch (FalcoSyntaxException failure)
        {
            throw FalcoText.At(entry, failure);
        }

        var exceptions = entry.Exceptions.Values.Select(exception => exception.Condition()).OfType<FalcoCondition>().Select(compiler.Compile).ToImmutableArray();
        return exceptions.IsEmpty ? own : new Condition.All([own, new Condition.Not(new Condition.Any(exceptions))]);
    }
}
