using System.CommandLine;
using System.Globalization;
using Reeve.Audit.Findings;
using Reeve.Detection.Policy.Suggestion;
using Reeve.Policies;

namespace Reeve.Commands;

/// <summary><c>reeve policy suggest</c>: a policy from what was seen and what must be detected.</summary>
internal static class PolicySuggestCommand
{
    private static readonly Argument<string[]> LogsArgument = TrafficInput.Logs("Logs of the cluster, packed or not, best under a policy that records everything; - is standard input.");
    private static readonly Option<string?> KeepOption = new("--keep") { Description = "Rules from this level on go on to see all they could (default: medium).", HelpName = "LEVEL" };
    private static readonly Option<string[]> RulesOption = RuleOptions.Create();
    private static readonly Option<string[]> ListsOption = RuleOptions.CreateLists();

    public static Command Create()
    {
        var command = new Command("suggest", "Writes an audit policy that records what the rules need and little else, with what it saves, what it weakens and what that costs.")
        {
            LogsArgument, KeepOption, RulesOption, ListsOption,
        };
        TrafficInput.AddTo(command);
        command.SetAction((parsed, ct) => Task.Run(() => RunAsync(parsed, ct), ct));
        ExampleHelp.AddTo(command, "reeve policy suggest --server https://reeve.example.com:8443 --from -7d > audit-policy.yaml", "reeve policy suggest /var/log/kubernetes/audit > audit-policy.yaml", "reeve policy suggest audit.log.gz --keep high > audit-policy.yaml");
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var keep = LevelOption.Read(parsed, KeepOption) ?? FindingLevel.Medium;
        var rules = RuleOptions.Load(parsed.GetValue(RulesOption), parsed.GetValue(ListsOption));
        var traffic = await TrafficInput.ReadAsync(parsed, LogsArgument, hasNames: false, isNeeded: true, ct)
            ?? throw new CommandFailedException(ExitCode.WrongUsage, "give logs, or a server with --server (see: reeve policy suggest --help)");
        var suggestion = new PolicySuggester(rules, keep, traffic).Suggest(Show, ct);
        if (!Console.IsErrorRedirected)
            Console.Error.Write("\r\e[K");
        Console.Out.Write(SuggestionText.Write(suggestion, keep));
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{suggestion.Policy.Rules.Length} rules, {suggestion.Saving:P0} fewer bytes than recording everything; {suggestion.Weakened.Length} rules below level {keep.ToName()} see less than all"));
        if (suggestion.Forecast.WithoutBodies > 0)
            Console.Error.WriteLine("The logs lack bodies that the policy would record: the forecast is too low.");
        return ExitCode.Done;
    }

    private static void Show(string what, double part)
    {
        if (!Console.IsErrorRedirected)
            Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r\e[K{part,4:P0}  {what}"));
    }
}
