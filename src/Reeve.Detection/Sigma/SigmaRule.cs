using Reeve.Detection.Conditions;
using Reeve.Detection.Fields;
using Reeve.Detection.Rules;
using Reeve.Detection.Sigma.Detections;
using Reeve.Detection.Yaml;

namespace Reeve.Detection.Sigma;

/// <summary>Reads detection rules and filters.</summary>
internal static class SigmaRule
{
    /// <summary>Reads a detection rule; what is hardly meant becomes remarks.</summary>
    public static DetectionRule Read(YamlBlock block, SigmaHead head, SigmaOptions options, List<RuleProblem> problems)
    {
        var source = LogSourceOf(block);
        var section = DetectionSection.Read(block.Block("detection"), For(source, options));
        problems.AddRange(section.Remarks);
        return new DetectionRule
        {
            Id = head.Id,
            Title = head.Title,
            Name = head.Name,
            Description = head.Description,
            Level = head.Level,
            Tags = head.Tags,
            FalsePositives = head.FalsePositives,
            References = head.References,
            RequiresLists = head.RequiresLists,
            Format = RuleFormat.Sigma,
            Place = block.Place,
            Written = [.. head.Written, .. section.Written],
            LogSource = source,
            Condition = section.Condition,
            AlertPer = ScopeOf(block),
            Fields = [.. block.Texts("fields").Select(field => RuleFields.Of(field.Value))],
        };
    }

    /// <summary>Reads a filter.</summary>
    public static SigmaFilter ReadFilter(YamlBlock block, SigmaOptions options, List<RuleProblem> problems)
    {
        var title = block.Text("title");
        var filter = block.Block("filter");
        var rules = filter.Texts("rules").Select(rule => rule.Value).Where(rule => rule is not "any").ToHashSet(StringComparer.Ordinal);
        var source = LogSourceOf(block);
        var section = DetectionSection.Read(filter, For(source, options), "rules");
        problems.AddRange(section.Remarks);
        return new SigmaFilter(title, rules, source, section.Condition, section.Written, block.Place);
    }

    private static SigmaOptions For(LogSource source, SigmaOptions options) => options with { IsAuditOnly = source.IsAuditLog && source.Product.Length > 0 };

    private static AlertScope ScopeOf(YamlBlock block) => block.Text("alert-per") switch
    {
        "" => AlertScope.ActorAndObject,
        "actor" => AlertScope.Actor,
        var other => throw block.Wrong(block.Required("alert-per"), $"'alert-per' takes 'actor', not '{other}'; without it an alert is for an actor and an object"),
    };

    private static LogSource LogSourceOf(YamlBlock block)
    {
        if (!block.Has("logsource"))
            return new LogSource("", "", "");
        var source = block.Block("logsource");
        return new LogSource(source.Text("product"), source.Text("category"), source.Text("service"));
    }
}
