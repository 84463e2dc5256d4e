using Reeve.Servers;

namespace Reeve.Setup;

/// <summary>Waits until an event of a cluster has come to Reeve.</summary>
internal sealed class FirstEvent(ReeveClient reeve, SetupRun run, TimeProvider time, TextWriter output)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Waits, and says what came or what is most likely wrong.</summary>
    /// <param name="most">How long at most.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>Whether one came.</returns>
    /// <exception cref="Commands.CommandFailedException">Reeve cannot be asked.</exception>
    public async Task<bool> WaitAsync(TimeSpan most, CancellationToken ct)
    {
        var chain = run.Plan.Chain;
        var start = time.GetTimestamp();
        var (server, before) = (await reeve.LookAsync(ct), await LookHereAsync(ct));
        var known = server.EventsOf(chain.Cluster);
        output.WriteLine($"Waiting for the first event of {chain.Cluster}, {most.TotalSeconds:0} s at most.");
        while (server.EventsOf(chain.Cluster) <= known)
        {
            if (time.GetElapsedTime(start) >= most)
            {
                Say(MissingEvents.Why(run.Way, chain, server, before, await LookHereAsync(ct)));
                return false;
            }

            await Task.Delay(Pause, time, ct);
            server = await reeve.LookAsync(ct);
        }

        var hosts = string.Join(", ", server.Senders.Where(sender => sender.Cluster == chain.Cluster && sender.Host.Length > 0).Select(sender => sender.Host).Distinct(StringComparer.Ordinal));
        output.WriteLine($"Events of {chain.Cluster} arrive{(hosts.Length == 0 ? "" : $", from {hosts}")}.");
        return true;
    }

    private Task<NodeView> LookHereAsync(CancellationToken ct) => NodeView.LookAsync(run.Platform, run.Way, run.Plan.Chain, ct);

    private void Say(IReadOnlyList<string> reasons)
    {
        output.WriteLine($"No event of {run.Plan.Chain.Cluster} has come. What is wrong, most likely first:");
        foreach (var reason in reasons)
            output.WriteLine($"  - {reason}");
    }
}
