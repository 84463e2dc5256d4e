using System.CommandLine;
using System.Net;
using System.Text.Json;
using Reeve.Audit;
using Reeve.Detection;
using Reeve.Detection.Alerts;
using Reeve.Detection.Matching;
using Reeve.Detection.Rules;
using Reeve.Detection.Sigma;

namespace Reeve.Benchmarks.Detecting;

/// <summary>What a detecting process measured, in nanoseconds an event.</summary>
/// <param name="Rules">How many rules were loaded.</param>
/// <param name="Reading">Reading and scrubbing.</param>
/// <param name="Matching">Asking all rules.</param>
/// <param name="Alerting">Asking them and raising their alerts.</param>
/// <param name="MatchingMany">Asking ten times as many.</param>
/// <param name="AlertingShipped">Asking the rules that come with Reeve and raising their alerts.</param>
/// <param name="Matches">How many rules match an event, on average.</param>
/// <param name="GroupBytes">The memory of <see cref="GroupMemory.Groups"/> live groups.</param>
internal sealed record DetectTimes(int Rules, double Reading, double Matching, double Alerting, double MatchingMany, double AlertingShipped, double Matches, long GroupBytes);

/// <summary><c>detect FILE [RULES...]</c>: reads a file and runs rules over it, in a process of its own, which the caller pins to one core.</summary>
internal static class DetectPasses
{
    private const int Passes = 5;
    private const int Times = 10;
    private const int SettleEvery = 1_024;

    private static readonly Argument<string> FileArgument = new("FILE");
    private static readonly Argument<string[]> RulesArgument = new("RULES") { Arity = ArgumentArity.ZeroOrMore };

    public static Command CreateCommand()
    {
        var command = new Command("detect") { FileArgument, RulesArgument };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(FileArgument), parsed.GetValue(RulesArgument) ?? []));
        return command;
    }

    private static void Run(string path, string[] paths)
    {
        var rules = RuleLoader.Read([.. ShippedRules.Files, .. paths.SelectMany(FilesIn).Select(file => new RuleFile(file, File.ReadAllText(file)))], SigmaOptions.Of(RuleLists.Empty)).Rules;
        var lines = new LogLines(File.ReadAllBytes(path));
        var one = Matcher.Compile([.. rules.Detections.Select(rule => rule.Condition)], []).NewSession();
        var many = Matcher.Compile([.. RuleVariants.Of(rules, Times)], []).NewSession();
        var (matched, matches) = (0L, 0L);
        var reading = lines.Fastest(Passes, () => null);
        var matching = lines.Fastest(Passes, () => (read, _) => matches += one.Match(read, null).Count);
        matched = matches / lines.Runs;
        var matchingMany = lines.Fastest(Passes, () => (read, _) => many.Match(read, null));
        var alerting = lines.Fastest(Passes, () => Raising(rules));
        var shipped = lines.Fastest(Passes, () => Raising(RuleLoader.Read(ShippedRules.Files, SigmaOptions.Of(RuleLists.Empty)).Rules));
        Console.WriteLine(JsonSerializer.Serialize(
            new DetectTimes(rules.Detections.Length + rules.Correlations.Length, reading, matching - reading, alerting - reading, matchingMany - reading, shipped - reading, (double)matched / lines.Events, GroupMemory.Measure()), JsonSerializerOptions.Web));
    }

    // As a server does: what is over is settled now and then.
    private static Action<AuditEvent, long> Raising(RuleSet rules)
    {
        var engine = new DetectionEngine(rules, new DetectionOptions());
        var raised = new List<Alert>();
        return (read, number) =>
        {
            engine.Observe(read, ContextOf(read), (ulong)number, "", raised);
            if (number % SettleEvery == 0)
                engine.Settle(raised);
            raised.Clear();
        };
    }

    private static IEnumerable<string> FilesIn(string path) => Directory.Exists(path) ? Directory.GetFiles(path, "*.yml") : [path];

    private static EventContext ContextOf(AuditEvent read) => new()
    {
        Received = DateTime.UnixEpoch,
        Time = read.StageAt ?? DateTime.UnixEpoch,
        Day = DateOnly.MinValue,
        Cluster = "default",
        Source = "bench",
        Ip = IPAddress.IPv6None,
    };
}
