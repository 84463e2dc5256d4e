using System.Collections.Immutable;
using Reeve.Audit.Policy;
using Reeve.Detection.Needs;
using Reeve.Detection.Rules;
using Reeve.Detection.Sigma;
using Reeve.Detection.Yaml;

namespace Reeve.Server.Compliance;

/// <summary>Reads the questions that controls refer to. No text makes it throw.</summary>
internal static class EvidenceReader
{
    private const int LongestId = 64;
    private const int LongestQuestion = 256;
    private const string Reeve = "reeve";

    /// <summary>Reads a file of them.</summary>
    public static IReadOnlyList<EvidenceQuestion> Read(RuleFile file, SigmaOptions options, ICollection<RuleProblem> problems)
    {
        var questions = new OrderedDictionary<string, EvidenceQuestion>(StringComparer.Ordinal);
        FrameworkFile.Read(file, problems, root =>
        {
            root.RequireOnly("questions");
            FrameworkFile.ReadEach(root, "questions", "a question", problems, block =>
            {
                var question = Question(block, options, problems);
                if (!questions.TryAdd(question.Id, question))
                    throw block.Wrong(block.Required("id"), $"the id '{question.Id}' is taken: {questions[question.Id].Place} has it already");
            });
        });
        return [.. questions.Values];
    }

    private static EvidenceQuestion Question(YamlBlock block, SigmaOptions options, ICollection<RuleProblem> problems)
    {
        var (id, question) = (block.Text("id", LongestId), block.Text("question", LongestQuestion));
        return block.Has("detection") ? Asked(block, id, question, options, problems)
            : block.Has("answered-by") ? Kept(block, id, question)
            : throw block.Wrong(block.Node, $"nothing answers '{id}': it takes a 'detection', or 'answered-by: {Reeve}' with a 'part'");
    }

    private static KeptEvidence Kept(YamlBlock block, string id, string question)
    {
        block.RequireOnly("id", "question", "answered-by", "part");
        if (block.Text("answered-by") is not Reeve and var other)
            throw block.Wrong(block.Required("answered-by"), $"'answered-by' takes '{Reeve}', not '{other}'; what audit events answer has a 'detection'");
        return new KeptEvidence(id, question, Named(block, "part", block.Required("part"), Enum.GetValues<EvidencePart>(), name => name.ToLowerInvariant()), block.Place);
    }

    private static EventEvidence Asked(YamlBlock block, string id, string question, SigmaOptions options, ICollection<RuleProblem> problems)
    {
        block.RequireOnly("id", "question", "detection", "requires-lists", "level", "stages");
        var detection = SigmaDetection.Read(block, id, question, options, problems);
        var needs = RuleNeeds.Of(detection.Condition);
        if (needs.Stages.IsEmpty)
            throw block.Wrong(block.Required("detection"), "no event meets the condition");
        if (block.TryGet("level", out var level))
            needs = needs with { Fully = Above(needs.Fully, block, level) };
        ImmutableArray<string> stages = [.. block.Texts("stages").Select(stage => needs.Stages.Contains(stage.Value)
            ? stage.Value
            : throw block.Wrong(stage, $"the condition meets nothing at the stage '{stage.Value}'; it does at {string.Join(", ", needs.Stages)}"))];
        return new EventEvidence(detection, needs, stages);
    }

    private static AuditLevel Above(AuditLevel least, YamlBlock block, YamlNode node)
    {
        var level = Named(block, "level", node, [AuditLevel.Metadata, AuditLevel.Request, AuditLevel.RequestResponse], name => name);
        return level > least ? level : throw block.Wrong(node, $"the condition takes the level {least} already; leave 'level' out");
    }

    private static T Named<T>(YamlBlock block, string key, YamlNode node, IReadOnlyList<T> values, Func<string, string> written)
        where T : struct, Enum
    {
        var text = block.Text(key);
        foreach (var value in values)
        {
            if (written($"{value}") == text)
                return value;
        }

        throw block.Wrong(node, $"'{key}' is '{text}'; there are {string.Join(", ", values.Select(value => written($"{value}")))}");
    }
}
