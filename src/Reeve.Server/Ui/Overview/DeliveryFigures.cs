using System.Globalization;
using Reeve.Server.Sources;
using Reeve.Server.Sources.Webhook;

namespace Reeve.Server.Ui.Overview;

/// <summary>How delivery goes now, over all senders or those of one cluster.</summary>
/// <param name="EventsPerSecond">Events that arrive a second.</param>
/// <param name="Healthy">Senders, and sources nothing came from yet, that have no trouble.</param>
/// <param name="Count">All of them.</param>
/// <param name="Trouble">What goes wrong, one sentence; null where nothing does.</param>
/// <param name="Slowest">The sender whose events are longest on their way; null where none delivers now.</param>
/// <param name="Lag">How long they are.</param>
public sealed record DeliveryFigures(double EventsPerSecond, int Healthy, int Count, string? Trouble, string? Slowest, TimeSpan Lag)
{
    // What went wrong once is no news for ever; what came long ago says nothing about now.
    private static readonly TimeSpan TroubleAge = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan DeliveryAge = TimeSpan.FromMinutes(1);

    /// <summary>Adds up what sources and senders say at <paramref name="now"/>.</summary>
    public static DeliveryFigures Of(IReadOnlyList<SourceStatus> sources, IReadOnlyList<SenderStatus> senders, string? cluster, DateTimeOffset now)
    {
        var shown = senders.Where(sender => cluster is null || sender.Cluster == cluster).ToList();
        var heard = senders.Select(sender => sender.Source).ToHashSet(StringComparer.Ordinal);
        var states = sources.ToDictionary(source => source.Name, StringComparer.Ordinal);
        var silent = sources.Where(source => !heard.Contains(source.Name) && (cluster is null || source.Cluster == cluster) && !IsIdle(source)).ToList();
        var troubles = shown.Select(sender => TroubleOf(states.GetValueOrDefault(sender.Source), sender, now))
            .Concat(silent.Select(source => TroubleOf(source, null, now))).ToList();
        var slowest = shown
            .Where(sender => sender.Lag is not null && now - sender.LastEvent < DeliveryAge && states.GetValueOrDefault(sender.Source)?.State != SourceState.Importing)
            .MaxBy(sender => sender.Lag);
        return new DeliveryFigures(
            shown.Sum(sender => sender.EventsPerSecond),
            troubles.Count(trouble => trouble is null),
            troubles.Count,
            troubles.FirstOrDefault(trouble => trouble is not null),
            slowest is null ? null : NameOf(slowest),
            slowest?.Lag is { } lag && lag > TimeSpan.Zero ? lag : TimeSpan.Zero);
    }

    /// <summary>A time in a few characters: 0.4 s, 12 s, 3 min, 2.5 h, 4 d.</summary>
    public static string Words(TimeSpan time) => time switch
    {
        { TotalSeconds: < 9.95 } => time.TotalSeconds.ToString("0.0 s", CultureInfo.InvariantCulture),
        { TotalSeconds: < 99.5 } => time.TotalSeconds.ToString("0 s", CultureInfo.InvariantCulture),
        { TotalMinutes: < 99.5 } => time.TotalMinutes.ToString("0 'min'", CultureInfo.InvariantCulture),
        { TotalHours: < 47.5 } => time.TotalHours.ToString("0.# h", CultureInfo.InvariantCulture),
        _ => time.TotalDays.ToString("N0", CultureInfo.InvariantCulture) + " d",
    };

    /// <summary>A rate in a few characters: 0, 0.4, 12, 4,218.</summary>
    public static string Words(double rate) =>
        rate is > 0 and < 9.95 ? rate.ToString("0.0", CultureInfo.InvariantCulture) : rate.ToString("N0", CultureInfo.InvariantCulture);

    private static string? TroubleOf(SourceStatus? source, SenderStatus? sender, DateTimeOffset now) => source switch
    {
        { State: SourceState.Failed } => source.Message ?? $"{source.Name} cannot be read",
        { State: SourceState.Waiting } => source.Message ?? $"{source.Name} waits for room in the journal",
        _ => sender?.Troubles.FirstOrDefault(trouble => now - trouble.Last < TroubleAge)?.Message,
    };

    // Every server takes webhooks; that nobody sends any is no news.
    private static bool IsIdle(SourceStatus source) => source is { Kind: WebhookOptions.Type, State: SourceState.Following };

    private static string NameOf(SenderStatus sender) => sender.Host.Length > 0 ? sender.Host : sender.Source;
}
