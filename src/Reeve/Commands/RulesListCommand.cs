using System.CommandLine;
using System.Text.Json;
using Reeve.Audit.Findings;
using Reeve.Detection.Alerts;
using Reeve.Scanning;

namespace Reeve.Commands;

/// <summary><c>reeve rules list</c>: the rules there are.</summary>
internal static class RulesListCommand
{
    private static readonly Option<string[]> RulesOption = RuleOptions.Create();
    private static readonly Option<string> FormatOption = new("--format") { Description = "text or jsonl.", HelpName = "FORMAT", DefaultValueFactory = _ => "text" };

    public static Command Create()
    {
        var command = new Command("list", "Lists the rules that come with Reeve, or others.") { RulesOption, FormatOption };
        command.SetAction(Run);
        ExampleHelp.AddTo(command, "reeve rules list", "reeve rules list --rules my-rules/ --format jsonl");
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var rules = RuleOptions.Load(parsed.GetValue(RulesOption));
        var rows = rules.Detections.Select(rule => (Rule: AlertRule.Of(rule), rule.Alerts, rule.Place.File))
            .Concat(rules.Correlations.Select(rule => (Rule: AlertRule.Of(rule), rule.Alerts, rule.Place.File)))
            .OrderByDescending(row => row.Rule.Level).ThenBy(row => row.Rule.Title, StringComparer.OrdinalIgnoreCase);
        foreach (var (rule, alerts, file) in rows)
        {
            Console.Out.WriteLine(parsed.GetValue(FormatOption) == "jsonl"
                ? JsonSerializer.Serialize(new { id = rule.Id, title = rule.Title, level = LevelWords.Of(rule.Level), format = rule.Format.ToString().ToLowerInvariant(), tags = rule.Tags, alerts, file })
                : $"{LevelWords.Of(rule.Level),-14}{rule.Title}{(alerts ? "" : "  (only for correlations)")}  {file}");
        }

        return ExitCode.Done;
    }
}
