using Reeve.Server.Telemetry;

namespace Reeve.Server.State;

/// <summary>Whether the state database can be read.</summary>
internal sealed class StateReadiness(StateDatabase database) : IReadinessCheck
{
    public string Name => "state";

    public ValueTask<Readiness> CheckAsync(CancellationToken cancellationToken)
    {
        database.Read(connection => connection.Query("SELECT count(*) FROM person", row => row.GetInt64(0)));
        return ValueTask.FromResult(new Readiness(Ready: true, "reeve.db can be read"));
    }
}
