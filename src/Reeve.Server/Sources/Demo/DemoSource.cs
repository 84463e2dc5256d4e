using System.Globalization;
using Reeve.Audit.Reading;
using Reeve.Server.Pipeline;

namespace Reeve.Server.Sources.Demo;

/// <summary>
/// Tells the story of the sample logs: first as it lies behind, its last event now, then again and again as it happens. Its events take
/// the way of all others.
/// </summary>
internal sealed class DemoSource(
    DemoSourceOptions options, SourceIdentity identity, SourceIntake intake, DemoProgress progress, SourceRegistry registry,
    SenderRegistry senders, TimeProvider time) : ISource
{
    // Not for secrets: what is told differs from one telling to the next, and nothing more is asked of it.
    private readonly Random _random = new();
    private DateTime _told;

    /// <inheritdoc/>
    public string Name => options.Name;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken ct)
    {
        using var own = intake;
        Report(SourceState.Importing);
        var logs = await Task.Run(ReadSamples, ct);
        _told = progress.Told ?? Remembered();
        try
        {
            await TellPastAsync(Telling.Past(logs, Now, _random), ct);
            while (true)
                await TellAheadAsync(Telling.Ahead(logs, Now, options.Pause, _random), ct);
        }
        finally
        {
            progress.Told = _told;
            File.WriteAllText(options.Memory, _told.ToString("O", CultureInfo.InvariantCulture));
        }
    }

    /// <inheritdoc/>
    public void Fail(string reason) => Report(SourceState.Failed, reason);

    private async Task TellPastAsync(IReadOnlyList<StoryEvent> past, CancellationToken ct)
    {
        foreach (var happened in past.SkipWhile(happened => happened.Time <= _told))
        {
            Add(happened);
            if (intake.PendingBytes >= options.Batch)
                await intake.SubmitAsync(ct);
        }

        await intake.SubmitAsync(ct);
        progress.TellPast(await intake.WhenSafeAsync(ct));
    }

    private async Task TellAheadAsync(IReadOnlyList<StoryEvent> ahead, CancellationToken ct)
    {
        foreach (var happens in ahead)
        {
            var wait = happens.Time - Now;
            if (wait > TimeSpan.Zero)
            {
                await intake.SubmitAsync(ct);
                Report(SourceState.Following);
                // Timers cut below the millisecond: an event must not come before it happens.
                wait += TimeSpan.FromMilliseconds(1);
                await Task.Delay(wait > options.Every ? wait : options.Every, time, ct);
            }
            else if (-wait > options.Behind)
            {
                return;
            }

            Add(happens);
        }
    }

    private void Add(StoryEvent told)
    {
        intake.Add(told.Json(), default, default);
        _told = told.Time;
    }

    private Dictionary<string, SampleLog> ReadSamples() => Story.Chapters
        .Select(chapter => SampleLog.Read(options.Samples, chapter.Log))
        .ToDictionary(log => log.Name, StringComparer.Ordinal);

    private DateTime Remembered() =>
        File.Exists(options.Memory)
        && DateTime.TryParseExact(File.ReadAllText(options.Memory), "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var told)
            ? told
            : DateTime.MinValue;

    private void Report(SourceState state, string? message = null)
    {
        var totals = senders.TotalsOf(options.Name);
        registry.Report(new(
            options.Name, identity.Kind, identity.Cluster, state, totals.Events, totals.LastEvent, Message: message,
            Duplicates: totals.Duplicates, Unreadable: totals.Unreadable, Truncated: totals.Cut));
    }
}
