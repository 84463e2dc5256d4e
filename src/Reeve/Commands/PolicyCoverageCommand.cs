using System.CommandLine;
using System.Text.Json;
using Reeve.Audit.Findings;
using Reeve.Audit.Policy;
using Reeve.Detection.Policy.Changes;
using Reeve.Detection.Policy.Coverage;
using Reeve.Detection.Policy.Writing;
using Reeve.Detection.Rules;
using Reeve.Policies;
using Reeve.Scanning;
using Reeve.Server.Policies;

namespace Reeve.Commands;

/// <summary><c>reeve policy coverage</c>: which rules and controls a policy blinds, and what it takes to open their eyes.</summary>
internal static class PolicyCoverageCommand
{
    private static readonly Argument<string[]> LogsArgument = TrafficInput.Logs("Logs by which changes are priced; without --policy, what they hold is taken for the policy.");
    private static readonly Option<string?> PolicyOption = PolicyOptions.Policy("The policy (default: what the logs hold).");
    private static readonly Option<string[]> RulesOption = RuleOptions.Create();
    private static readonly Option<string[]> ListsOption = RuleOptions.CreateLists();
    private static readonly Option<string?> MinLevelOption = new("--min-level") { Description = "Look at rules from this level on (default: informational).", HelpName = "LEVEL" };
    private static readonly Option<bool> AllOption = new("--all") { Description = "List the rules that see all, too." };
    private static readonly Option<bool> ControlsOption = new("--controls") { Description = "Say of each control what is missing, and what would show it." };
    private static readonly Option<string?> FailOnOption = new("--fail-on") { Description = "Exit with 3 if a rule of this level or above does not see all.", HelpName = "LEVEL" };
    private static readonly Option<string> FormatOption = PolicyOptions.Format();

    public static Command Create()
    {
        var command = new Command("coverage", "Says of each detection rule and compliance control whether it sees all, some or nothing under a policy, what is missing, and the smallest change that mends it.")
        {
            PolicyOption, LogsArgument, RulesOption, ListsOption, MinLevelOption, AllOption, ControlsOption, FailOnOption, FormatOption,
        };
        TrafficInput.AddTo(command);
        command.SetAction((parsed, ct) => Task.Run(() => RunAsync(parsed, ct), ct));
        ExampleHelp.AddTo(
            command,
            "reeve policy coverage --policy audit-policy.yaml --min-level medium",
            "reeve policy coverage --policy audit-policy.yaml /var/log/kubernetes/audit --fail-on high",
            "reeve policy coverage --policy audit-policy.yaml --controls",
            "reeve policy coverage /var/log/kubernetes/audit",
            "reeve policy coverage --server https://reeve.example.com:8443 --from -7d");
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var isJson = PolicyOptions.IsJson(parsed, FormatOption);
        var failOn = LevelOption.Read(parsed, FailOnOption);
        var policy = parsed.GetValue(PolicyOption) is { } path ? PolicyFile.Load(path) : null;
        var rules = RuleOptions.Load(parsed.GetValue(RulesOption), parsed.GetValue(ListsOption));
        var traffic = await TrafficInput.ReadAsync(parsed, LogsArgument, policy?.HasNames == true, isNeeded: policy is null, ct);
        if (policy is null && traffic is null)
            throw new CommandFailedException(ExitCode.WrongUsage, "give a policy with --policy, or logs that were recorded, or a server (see: reeve policy coverage --help)");
        var report = CoverageReport.Of(policy, rules, RuleLists.Load(parsed.GetValue(ListsOption) ?? []), LevelOption.Read(parsed, MinLevelOption) ?? FindingLevel.Informational, traffic, ct);
        if (isJson)
            Console.Out.WriteLine(JsonSerializer.Serialize(AsJson(report), PolicyOptions.Json));
        else
            new CoverageText(report, TerminalColour.IsWanted("auto"), Console.Out).Write(parsed.GetValue(AllOption), parsed.GetValue(ControlsOption));
        return failOn is { } level && report.Rules.Any(each => each.Rule.Level >= level && each.Sight.Visibility != Visibility.Full) ? ExitCode.ConditionMet : ExitCode.Done;
    }

    private static object AsJson(CoverageReport report) => new
    {
        observed = report.IsObserved,
        rules = report.Rules.Select(each => new
        {
            id = each.Rule.Id,
            title = each.Rule.Title,
            level = each.Rule.Level.ToName(),
            visibility = Word(each.Sight.Visibility),
            losses = AsJson(each.Sight, report),
            change = AsJson(each.Change, each.Price, report),
        }),
        controls = report.Controls.Select(each => new
        {
            framework = each.Coverage.Framework.Id,
            control = each.Coverage.Control.Id,
            text = each.Coverage.Control.Text,
            visibility = Word(each.Coverage.Visibility!.Value),
            questions = each.Coverage.Questions.Select(question => new { id = question.Question.Id, question = question.Question.Question, visibility = Word(question.Sight.Visibility), losses = AsJson(question.Sight, report) }),
            change = AsJson(each.Change, each.Price, report),
        }),
    };

    private static object? AsJson(PolicyChange? change, ChangePrice? price, CoverageReport report) => change is null ? null : new
    {
        keepStages = change.Stages.Each(),
        insert = change.Insertions.Select(insertion => new { before = insertion.Before, rule = PolicyWriter.Write(insertion.Rule) }),
        cost = price is { } cost ? new { eventsADay = cost.Volume.Events * report.TimesADay, bytesADay = cost.Volume.Bytes * report.TimesADay, basis = cost.Basis } : null,
    };

    private static IEnumerable<object> AsJson(Sight sight, CoverageReport report) => sight.Losses.Select(loss => new
    {
        what = LossWords.Of(loss, report.Policy, namesRule: !report.IsObserved),
        kind = loss.Kind,
        rule = report.IsObserved ? PolicyDecision.NoRule : loss.PolicyRule,
        level = loss.Level,
        stages = loss.Stages.Each(),
    });

    private static string Word(Visibility visibility) => visibility.ToString().ToLowerInvariant();
}
