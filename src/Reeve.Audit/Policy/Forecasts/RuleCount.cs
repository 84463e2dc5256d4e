using Reeve.Audit.Policy.Traffic;

namespace Reeve.Audit.Policy.Forecasts;

/// <summary>Adds up what one rule of a policy would record. Not thread-safe.</summary>
internal sealed class RuleCount(int rule)
{
    private readonly Dictionary<string, long> _users = new(StringComparer.Ordinal);
    private Volume _decided;
    private Volume _volume;

    public Volume Guessed { get; private set; }

    public long WithoutBodies { get; private set; }

    public RuleForecast Forecast
    {
        get
        {
            var busiest = _users.OrderByDescending(user => user.Value).ThenBy(user => user.Key, StringComparer.Ordinal).FirstOrDefault();
            return new RuleForecast(rule, _decided, _volume, busiest.Key ?? "", _decided.Bytes > 0 ? busiest.Value / _decided.Bytes : 0);
        }
    }

    /// <summary>Adds requests that the rule decides about.</summary>
    /// <param name="decision">What it decides.</param>
    /// <param name="rows">Their events.</param>
    /// <param name="sizes">How large events of other stages are.</param>
    public void Add(PolicyDecision decision, IReadOnlyList<TrafficRow> rows, StageSizes sizes)
    {
        foreach (var row in rows)
        {
            _decided += new Volume(row.Events, row.Bytes);
            _users[row.Request.User ?? ""] = _users.GetValueOrDefault(row.Request.User ?? "") + row.Bytes;
            if (!decision.Stages.HasFlag(row.Stage))
                continue;
            _volume += new Volume(row.Events, BytesAt(decision, row));
            // Reads have no body but in their answers.
            var isRead = row.Request.Verb is "get" or "list" or "watch";
            if (decision.Level > row.Level && row.Request.IsResource && row.Stage != AuditStages.RequestReceived && !(isRead && decision.Level == AuditLevel.Request))
                WithoutBodies += row.Events;
        }

        var guessed = sizes.Missing(decision.Stages, rows);
        Guessed += guessed;
        _volume += guessed;
    }

    private static double BytesAt(PolicyDecision decision, TrafficRow row)
    {
        var (request, response) = (decision.Level >= AuditLevel.Request ? row.RequestBytes : 0, decision.Level >= AuditLevel.RequestResponse ? row.ResponseBytes : 0);
        var bodies = row.RequestBytes + row.ResponseBytes;
        // Where in the bodies they stand was not counted: as much of each as of both.
        var managed = decision.OmitManagedFields && bodies > 0 ? row.ManagedBytes * ((double)(request + response) / bodies) : 0;
        return row.Bytes - bodies + request + response - managed;
    }
}
