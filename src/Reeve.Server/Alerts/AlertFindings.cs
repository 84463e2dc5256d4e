using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Reeve.Audit.Findings;
using Reeve.Server.State;
using Reeve.Store.ClickHouse;
using Reeve.Store.Findings;

namespace Reeve.Server.Alerts;

/// <summary>
/// Writes a finding beside each stored event of an alert, so that <c>rule:x ns:prod</c> finds it: once the store has the event, and again
/// until it answers. What is to be done stands in the state database, so nothing is forgotten and a finding written twice is one.
/// </summary>
internal sealed partial class AlertFindings(
    StateDatabase database, IFindingStore store, Func<ulong> loaded, Task ready, TimeProvider time, ILogger<AlertFindings> log) : BackgroundService
{
    private const int MostAtOnce = 1_000;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    /// <summary>Writes what is due; how many events it dealt with.</summary>
    /// <exception cref="ClickHouseException">The store does not answer; called again, it goes on.</exception>
    internal async Task<int> WriteAsync(CancellationToken ct)
    {
        var due = Due(loaded());
        if (due.Count == 0)
            return 0;
        var (from, to) = (due.Min(one => one.Time).AddSeconds(-1), due.Max(one => one.Time).AddSeconds(1));
        var events = (await store.EventsAsync([.. due.Select(one => one.Sequence).Distinct()], from, to, ct)).ToDictionary(found => found.Id.Sequence);
        var now = time.GetUtcNow().UtcDateTime;
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        // An event that is not there any more, or could not be stored, needs no finding.
        await store.AddAsync([.. due.Where(one => events.ContainsKey(one.Sequence)).Select(one => one.Of(events[one.Sequence], now))], ct);
        database.Write(connection =>
        {
            foreach (var one in due)
                connection.Execute("UPDATE alert_event SET is_found = 1 WHERE alert = $alert AND sequence = $sequence", ("$alert", one.Alert), ("$sequence", (long)one.Sequence));
        });
        return due.Count;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Nothing may be added to a table that a migration still makes.
        await ready.WaitAsync(stoppingToken);
        var isAway = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = Interval;
            try
            {
                wait = await WriteAsync(stoppingToken) == MostAtOnce ? TimeSpan.Zero : Interval;
                isAway = false;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is ClickHouseException or Microsoft.Data.Sqlite.SqliteException)
            {
                if (!isAway)
                    LogWaits(failure.Message);
                (isAway, wait) = (true, Retry);
            }

            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private List<DueFinding> Due(ulong stored) => database.Read(connection => connection.Query(
        """
        SELECT alert.number, alert.id, alert.title, alert.level, alert.summary, alert_event.sequence, alert_event.time
        FROM alert_event JOIN alert ON alert.number = alert_event.alert
        WHERE is_found = 0 AND sequence < $stored ORDER BY sequence LIMIT $most
        """,
        row => new DueFinding(row.GetInt64(0), row.GetString(1), row.GetString(2), (FindingLevel)row.GetInt32(3), row.GetString(4), (ulong)row.GetInt64(5), SqliteTime.Read(row.GetInt64(6))),
        ("$stored", (long)stored), ("$most", MostAtOnce)));

    [LoggerMessage(1330, LogLevel.Warning, "Findings of alerts wait for the store: {Reason}")]
    private partial void LogWaits(string reason);

    private sealed record DueFinding(long Alert, string Id, string Rule, FindingLevel Level, string Summary, ulong Sequence, DateTime Time)
    {
        public Finding Of(FoundEvent found, DateTime now) => found.AsAlert(Id, Rule, Level, Summary, now);
    }
}
