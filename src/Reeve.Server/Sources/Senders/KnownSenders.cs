using System.Net;
using System.Threading;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Reeve.Audit;
using Reeve.Server.State;

namespace Reeve.Server.Sources.Senders;

/// <summary>
/// Keeps who delivered over restarts, so that a sender does not vanish because it was quiet since. Saved every half
/// minute where something changed, and at the end: a crash costs the counts of its last half minute, never an event.
/// Thread-safe.
/// </summary>
internal sealed partial class KnownSenders(
    SenderRegistry registry, StateDatabase database, TimeProvider time, ILogger<KnownSenders> log) : BackgroundService
{
    private static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(30);

    private readonly Lock _saving = new();
    private bool _failed;

    /// <summary>Forgets a sender that delivers no longer; when it delivers again it is a new one.</summary>
    /// <param name="id">The sender's id.</param>
    /// <param name="by">Who wants that.</param>
    /// <returns>False when none has that id.</returns>
    public bool Forget(string id, string by)
    {
        lock (_saving)
        {
            if (!registry.Forget(id))
                return false;
            database.Write(connection => Delete(connection, id));
        }

        LogForgotten(by, id);
        return true;
    }

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        registry.Restore(database.Read(connection => connection.Query(
            "SELECT id, source, kind, cluster, mapped, assignable, host, peer, san, tag, events, last FROM sender ORDER BY last DESC", Read)));
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Save();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var beat = new PeriodicTimer(SaveEvery, time);
        while (await beat.WaitForNextTickAsync(stoppingToken))
            Save();
    }

    private void Save()
    {
        lock (_saving)
        {
            var (changed, gone) = registry.Unsaved();
            if (changed.Count + gone.Count == 0)
                return;
            try
            {
                database.Write(connection =>
                {
                    foreach (var id in gone)
                        Delete(connection, id);
                    foreach (var sender in changed)
                        Write(connection, sender);
                });
                registry.Saved(changed, gone);
                _failed = false;
            }
            catch (Exception failure) when (failure is SqliteException or IOException)
            {
                // A full disk, for instance; the next beat tries again.
                if (!_failed)
                    LogFailed(failure.Message);
                _failed = true;
            }
        }
    }

    private static void Delete(SqliteConnection connection, string id) => connection.Execute("DELETE FROM sender WHERE id = $id", ("$id", id));

    private static void Write(SqliteConnection connection, RememberedSender sender) => connection.Execute(
        """
        INSERT OR REPLACE INTO sender (id, source, kind, cluster, mapped, assignable, host, peer, san, tag, events, last)
        VALUES ($id, $source, $kind, $cluster, $mapped, $assignable, $host, $peer, $san, $tag, $events, $last)
        """,
        ("$id", sender.Id), ("$source", sender.Identity.Name), ("$kind", sender.Identity.Kind), ("$cluster", sender.Identity.Cluster),
        ("$mapped", sender.Identity.IsMapped), ("$assignable", sender.Identity.IsAssignable), ("$host", sender.Identity.Host),
        ("$peer", sender.Identity.Sender.Peer?.ToString() ?? ""), ("$san", sender.Identity.Sender.San), ("$tag", sender.Identity.Sender.Tag),
        ("$events", sender.Events), ("$last", sender.LastEvent.ToUnixTimeMilliseconds()));

    private static RememberedSender Read(SqliteDataReader row) => new(
        row.GetString(0),
        new(row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(6), TrustedProxies.None)
        {
            Sender = new(IPAddress.TryParse(row.GetString(7), out var peer) ? peer : null, row.GetString(8), Tag: row.GetString(9)),
            IsMapped = row.GetBoolean(4),
            IsAssignable = row.GetBoolean(5),
        },
        row.GetInt64(10),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(11)));

    [LoggerMessage(1140, LogLevel.Information, "{User} forgot the sender {Id}")]
    private partial void LogForgotten(string user, string id);

    [LoggerMessage(1141, LogLevel.Warning, "Who delivered when cannot be saved: {Reason}; tried again every half minute")]
    private partial void LogFailed(string reason);
}
