using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Reeve.Detection.Rules;

namespace Reeve.Server.Alerts.Rules;

/// <summary>Looks twice a second whether rule files have changed; says in the log what is wrong with them.</summary>
internal sealed partial class RuleWatcher(RuleBook rules, DetectionMetrics metrics, TimeProvider time, ILogger<RuleWatcher> log) : BackgroundService
{
    private const int MostTold = 20;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        Tell(rules.Current);
        using var timer = new PeriodicTimer(Interval, time);
        while (rules.HasFiles && await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (rules.Refresh())
                Tell(rules.Current);
        }
    }

    private void Tell(LoadedRules loaded)
    {
        var errors = loaded.Errors.ToList();
        metrics.Loaded(loaded.Count, errors.Count);
        LogLoaded(loaded.Count, errors.Count);
        foreach (var problem in errors.Take(MostTold))
            LogProblem(problem);
    }

    [LoggerMessage(1320, LogLevel.Information, "{Rules} rules, {Errors} errors in rule files")]
    private partial void LogLoaded(int rules, int errors);

    [LoggerMessage(1321, LogLevel.Warning, "{Problem}")]
    private partial void LogProblem(RuleProblem problem);
}
