using Reeve.Detection.Rules;
using Reeve.Detection.Yaml;
using YamlDotNet.Core;

namespace Reeve.Server.Compliance;

/// <summary>The files of questions and frameworks as trees.</summary>
internal static class FrameworkFile
{
    /// <summary>Hands the only block of a file to what reads it; where that does not succeed there is a problem more.</summary>
    public static void Read(RuleFile file, ICollection<RuleProblem> problems, Action<YamlBlock> read)
    {
        try
        {
            if (YamlTree.Parse(file.Text) is { } root)
                read(new YamlBlock(file.Name, root, "the file"));
            else
                problems.Add(new RuleProblem(new RulePlace(file.Name), "the file is empty"));
        }
        catch (YamlException failure)
        {
            var place = new RulePlace(file.Name, (int)failure.Start.Line, (int)failure.Start.Column);
            problems.Add(new RuleProblem(place, $"this is not YAML: {failure.InnerException?.Message ?? failure.Message}"));
        }
        catch (RuleFormatException failure)
        {
            problems.Add(failure.Problem);
        }
    }

    /// <summary>Reads each block of a list that must be there; what is wrong with one costs no other.</summary>
    public static void ReadEach(YamlBlock block, string key, string what, ICollection<RuleProblem> problems, Action<YamlBlock> read)
    {
        var list = block.Required(key) as YamlSequence ?? throw block.Wrong(block.Required(key), $"'{key}' is {YamlBlock.Describe(block.Required(key))}; it must be a list");
        foreach (var item in list.Items)
        {
            try
            {
                read(new YamlBlock(block.File, item, what));
            }
            catch (RuleFormatException failure)
            {
                problems.Add(failure.Problem);
            }
        }
    }

    /// <summary>The text of a key that must be there and not be empty.</summary>
    public static string Text(this YamlBlock block, string key, int longest)
    {
        var node = block.Required(key);
        var text = block.Text(key);
        return text.Length > 0 && text.Length <= longest ? text : throw block.Wrong(node, $"'{key}' has {text.Length} characters; it takes 1 to {longest}");
    }
}
