using System.Collections.Immutable;
using Reeve.Detection.Rules;
using Reeve.Detection.Sigma;
using Reeve.Detection.Yaml;

namespace Reeve.Server.Compliance;

/// <summary>Reads frameworks and the questions they refer to. Whatever can be read is, whatever stands beside it; no text makes it throw. Thread-safe.</summary>
public static class FrameworkReader
{
    private const int LongestName = 128;
    private const int LongestText = 512;

    /// <summary>Reads files.</summary>
    /// <param name="evidence">The file of questions.</param>
    /// <param name="frameworks">The files of frameworks, one each.</param>
    /// <param name="options">What the questions leave to their user.</param>
    public static FrameworkReading Read(RuleFile evidence, IEnumerable<RuleFile> frameworks, SigmaOptions options)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(frameworks);
        var problems = new List<RuleProblem>();
        var questions = EvidenceReader.Read(evidence, options, problems);
        var byId = questions.ToDictionary(question => question.Id, StringComparer.Ordinal);
        var read = new SortedDictionary<string, Framework>(StringComparer.Ordinal);
        foreach (var file in frameworks)
        {
            FrameworkFile.Read(file, problems, block =>
            {
                var framework = Framework(block, byId, problems);
                if (!read.TryAdd(framework.Id, framework))
                    throw block.Wrong(block.Required("id"), $"the framework '{framework.Id}' is there already, at {read[framework.Id].Place}");
            });
        }

        var used = read.Values.SelectMany(framework => framework.Controls).SelectMany(control => control.Evidence).Select(question => question.Id).ToHashSet(StringComparer.Ordinal);
        problems.AddRange(questions.Where(question => !used.Contains(question.Id))
            .Select(question => new RuleProblem(question.Place, $"no control asks '{question.Id}'", IsError: false, "idle-question")));
        return new FrameworkReading([.. questions], [.. read.Values], [.. problems]);
    }

    private static Framework Framework(YamlBlock block, Dictionary<string, EvidenceQuestion> questions, ICollection<RuleProblem> problems)
    {
        block.RequireOnly("id", "title", "version", "controls");
        var controls = new OrderedDictionary<string, Control>(StringComparer.Ordinal);
        FrameworkFile.ReadEach(block, "controls", "a control", problems, each =>
        {
            var control = Control(each, questions);
            if (!controls.TryAdd(control.Id, control))
                throw each.Wrong(each.Required("id"), $"the control '{control.Id}' is there already, at {controls[control.Id].Place}");
        });
        return new Framework(block.Text("id", LongestName), block.Text("title", LongestName), block.Text("version", LongestName), [.. controls.Values], block.Place);
    }

    private static Control Control(YamlBlock block, Dictionary<string, EvidenceQuestion> questions)
    {
        block.RequireOnly("id", "text", "evidence", "beyond");
        var (id, text) = (block.Text("id", LongestName), block.Text("text", LongestText));
        var evidence = new OrderedDictionary<string, EvidenceQuestion>(StringComparer.Ordinal);
        foreach (var reference in block.Texts("evidence"))
        {
            if (!questions.TryGetValue(reference.Value, out var question))
                throw block.Wrong(reference, $"there is no question '{reference.Value}' that can be asked");
            if (!evidence.TryAdd(reference.Value, question))
                throw block.Wrong(reference, $"'{reference.Value}' is here twice");
        }

        if (evidence.Count == 0 && !block.Has("beyond"))
            throw block.Wrong(block.Node, $"nothing speaks for '{id}': it takes 'evidence', or 'beyond' where no audit log can show it");
        return new Control(id, text, [.. evidence.Values], block.Has("beyond") ? block.Text("beyond", LongestText) : "", block.Place);
    }
}
