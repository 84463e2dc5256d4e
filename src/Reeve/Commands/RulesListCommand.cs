using System.CommandLine;
using System.Text.Json;
using Reeve.Audit.Findings;
using Reeve.Detection.Rules;
using Reeve.Scanning;

namespace Reeve.Commands;

/// <summary><c>reeve rules list</c>: the rules there are.</summary>
internal static class RulesListCommand
{
    private static readonly Option<string[]> RulesOption = RuleOptions.Create();
    private static readonly Option<string[]> ListsOption = RuleOptions.CreateLists();
    private static readonly Option<string> FormatOption = new("--format") { Description = "text or jsonl.", HelpName = "FORMAT", DefaultValueFactory = _ => "text" };

    public static Command Create()
    {
        var command = new Command("list", "Lists the rules that come with Reeve, or others.") { RulesOption, ListsOption, FormatOption };
        command.SetAction(Run);
        ExampleHelp.AddTo(command, "reeve rules list", "reeve rules list --rules my-rules/ --format jsonl");
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var rules = RuleOptions.Load(parsed.GetValue(RulesOption), parsed.GetValue(ListsOption));
        foreach (var rule in rules.Detections.Concat<Rule>(rules.Correlations).OrderByDescending(rule => rule.Level).ThenBy(rule => rule.Title, StringComparer.OrdinalIgnoreCase))
        {
            Console.Out.WriteLine(parsed.GetValue(FormatOption) == "jsonl"
                ? JsonSerializer.Serialize(new { id = rule.Id, title = rule.Title, level = rule.Level.ToName(), format = rule.Format.ToString().ToLowerInvariant(), tags = rule.Tags, alerts = rule.Alerts, sleeps = rule.Sleeps, file = rule.Place.File })
                : $"{rule.Level.ToName(),-14}{rule.Title}{Remark(rule)}  {rule.Place.File}");
        }

        return ExitCode.Done;
    }

    private static string Remark(Rule rule) =>
        rule.Sleeps ? $"  (waits for the list {string.Join(", ", rule.RequiresLists)})" : rule.Alerts ? "" : "  (only for correlations)";
}
