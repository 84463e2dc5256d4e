using Reeve.Detection.Yaml;
using YamlDotNet.Core;

namespace Reeve.Detection.Rules;

/// <summary>The YAML documents of rule files.</summary>
internal static class RuleDocuments
{
    /// <summary>Reads them; what is no YAML is a problem of the whole file.</summary>
    public static IReadOnlyList<YamlNode> Read(RuleFile file, ICollection<RuleProblem> problems)
    {
        try
        {
            return YamlTree.ParseAll(file.Text);
        }
        catch (YamlException failure)
        {
            var place = new RulePlace(file.Name, (int)failure.Start.Line, (int)failure.Start.Column);
            problems.Add(new RuleProblem(place, $"this is not YAML: {failure.InnerException?.Message ?? failure.Message}"));
            return [];
        }
    }
}
