using System.CommandLine;
using System.Text.Json;
using Reeve.Audit.Policy;
using Reeve.Audit.Policy.Forecasts;
using Reeve.Audit.Policy.Traffic;
using Reeve.Policies;

namespace Reeve.Commands;

/// <summary><c>reeve policy simulate</c>: what a policy would have recorded of what a log holds.</summary>
internal static class PolicySimulateCommand
{
    private static readonly Argument<string[]> LogsArgument = TrafficInput.Logs("Log files and folders, packed or not; - is standard input.");
    private static readonly Option<string[]> PolicyOption = new("--policy") { Description = "The policy; given twice, the second is compared with the first.", HelpName = "FILE", Required = true, AllowMultipleArgumentsPerToken = false };
    private static readonly Option<string> FormatOption = PolicyOptions.Format();

    public static Command Create()
    {
        var command = new Command("simulate", "Says what a policy would have recorded of the requests in logs or in the store, rule by rule, and what of two policies is lost and gained.") { PolicyOption, LogsArgument, FormatOption };
        TrafficInput.AddTo(command);
        command.SetAction((parsed, ct) => Task.Run(() => RunAsync(parsed, ct), ct));
        ExampleHelp.AddTo(
            command, "reeve policy simulate --policy new.yaml /var/log/kubernetes/audit", "reeve policy simulate --policy new.yaml --server https://reeve.example.com:8443 --from -7d", "reeve policy simulate --policy old.yaml --policy new.yaml audit.log.gz --format json");
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var isJson = PolicyOptions.IsJson(parsed, FormatOption);
        var paths = parsed.GetValue(PolicyOption)!;
        if (paths.Length > 2)
            throw new CommandFailedException(ExitCode.WrongUsage, "two policies can be compared, not more");
        var policies = paths.Select(PolicyFile.Load).ToList();
        var traffic = await TrafficInput.ReadAsync(parsed, LogsArgument, policies.Exists(policy => policy.HasNames), isNeeded: true, ct)
            ?? throw new CommandFailedException(ExitCode.WrongUsage, "give logs, or a server with --server (see: reeve policy simulate --help)");
        var comparison = policies.Count == 2 ? PolicyComparison.Of(policies[0], policies[1], traffic, ct) : null;
        List<PolicyForecast> forecasts = comparison is null ? [PolicyForecast.Of(policies[0], traffic, ct)] : [comparison.First, comparison.Second];
        if (isJson)
            Console.Out.WriteLine(JsonSerializer.Serialize(AsJson(paths, forecasts, comparison, traffic), PolicyOptions.Json));
        else
            Write(paths, policies, forecasts, comparison, traffic);
        return ExitCode.Done;
    }

    private static void Write(string[] paths, List<AuditPolicy> policies, List<PolicyForecast> forecasts, PolicyComparison? comparison, RecordedTraffic traffic)
    {
        for (var index = 0; index < policies.Count; index++)
        {
            if (comparison is not null)
                Console.Out.WriteLine(paths[index]);
            ForecastText.Write(policies[index], forecasts[index], Console.Out);
            Console.Out.WriteLine();
        }

        if (comparison is not null)
        {
            ForecastText.Write(comparison, Console.Out);
            Console.Out.WriteLine();
        }

        ForecastText.WriteGaps(traffic, forecasts[^1], Console.Out);
    }

    private static object AsJson(string[] paths, List<PolicyForecast> forecasts, PolicyComparison? comparison, RecordedTraffic traffic) => new
    {
        from = traffic.First,
        to = traffic.Last,
        timesADay = traffic.TimesADay,
        recorded = Volume(forecasts[0].Recorded),
        policies = forecasts.Select((forecast, index) => new
        {
            file = paths[index],
            total = Volume(forecast.Total),
            guessed = Volume(forecast.Guessed),
            withoutBodies = forecast.WithoutBodies,
            rules = forecast.Rules.Select(rule => new
            {
                rule = rule.Rule,
                decided = Volume(rule.Decided),
                recorded = Volume(rule.Volume),
                share = rule.Volume.ShareOf(forecast.Total),
                busiestUser = rule.BusiestUser,
                busiestShare = rule.BusiestShare,
            }),
        }),
        differences = comparison?.Differences.Select(each => new
        {
            verb = each.Verb,
            what = each.What,
            isLoss = each.IsLoss,
            isGain = each.IsGain,
            first = new { level = each.FirstLevel, stages = each.FirstStages.Each(), volume = Volume(each.First) },
            second = new { level = each.SecondLevel, stages = each.SecondStages.Each(), volume = Volume(each.Second) },
        }),
        notInTheLog = TrafficGaps.Of(traffic),
    };

    private static object Volume(Volume volume) => new { events = volume.Events, bytes = volume.Bytes };
}
