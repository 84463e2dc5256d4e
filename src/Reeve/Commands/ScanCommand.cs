using System.CommandLine;
using System.Globalization;
using System.Text;
using Reeve.Audit.Findings;
using Reeve.Scanning;

namespace Reeve.Commands;

/// <summary><c>reeve scan</c>: runs the rules over logs, without a server.</summary>
internal static class ScanCommand
{
    private static readonly Argument<string[]> PathsArgument = new("PATH") { Description = "Log files and folders, packed or not; - is standard input.", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<string[]> RulesOption = RuleOptions.Create();
    private static readonly Option<string[]> ListsOption = RuleOptions.CreateLists();
    private static readonly Option<string?> MinLevelOption = new("--min-level") { Description = "Print alerts from this level on (default: informational).", HelpName = "LEVEL" };
    private static readonly Option<string?> FailOnOption = new("--fail-on") { Description = "Exit with 3 if there is an alert of this level or above.", HelpName = "LEVEL" };
    private static readonly Option<string> FormatOption = new("--format") { Description = "text, jsonl or html (one file to keep or send).", HelpName = "FORMAT", DefaultValueFactory = _ => "text" };
    private static readonly Option<string> ColourOption = new("--color") { Description = "Colour the text by level: auto (on a terminal, unless NO_COLOR is set), always or never.", HelpName = "WHEN", DefaultValueFactory = _ => "auto" };

    public static Command Create()
    {
        var command = new Command("scan", "Reads audit logs, runs the rules and prints the alerts. Needs no server and keeps nothing.")
        {
            PathsArgument, RulesOption, ListsOption, MinLevelOption, FailOnOption, FormatOption, ColourOption,
        };
        command.SetAction((parsed, ct) => Task.Run(() => Run(parsed, ct), ct));
        ExampleHelp.AddTo(command, "reeve scan /var/log/kubernetes", "reeve scan audit.log.gz --rules sigma-rules/ --format html > report.html", "kubectl logs kube-audit | reeve scan - --min-level high --fail-on critical");
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken ct)
    {
        var minLevel = LevelOption.Read(parsed, MinLevelOption) ?? FindingLevel.Informational;
        var failOn = LevelOption.Read(parsed, FailOnOption);
        var format = Format(parsed.GetValue(FormatOption)!, TerminalColour.IsWanted(parsed.GetValue(ColourOption)!));
        var files = LogFiles.Find(parsed.GetValue(PathsArgument)!);
        using var scan = new LogScan(RuleOptions.Load(parsed.GetValue(RulesOption), parsed.GetValue(ListsOption)));
        var isWhole = files.TryReadAll(scan.Reading, () => scan.Events, () => string.Create(CultureInfo.InvariantCulture, $"{scan.Alerts.Count:N0} alerts"), ct);
        scan.Finish();
        var alerts = scan.Alerts.Where(alert => alert.Rule.Level >= minLevel).OrderBy(alert => alert.First).ThenBy(alert => alert.Id, StringComparer.Ordinal).ToList();
        using (var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
            format.Write(alerts, scan, output);
        Console.Error.WriteLine($"{scan.Events} events, {alerts.Count} alerts, {scan.Salvaged} salvaged, {scan.Unreadable} unreadable");
        if (!isWhole)
            return ExitCode.Failed;
        return failOn is { } level && alerts.Exists(alert => alert.Rule.Level >= level) ? ExitCode.ConditionMet : ExitCode.Done;
    }

    private static IScanFormat Format(string name, bool isColoured) => name switch
    {
        "text" => new TextFormat(isColoured),
        "jsonl" or "json" => new JsonLinesFormat(),
        "html" => new HtmlFormat(),
        _ => throw new CommandFailedException(ExitCode.WrongUsage, $"--format {name}: not one of text, jsonl, html"),
    };
}
