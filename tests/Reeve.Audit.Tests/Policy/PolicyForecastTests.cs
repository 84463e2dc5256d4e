using System.Text;
using System.Text.Json;
using Reeve.Audit.Policy;
using Reeve.Audit.Policy.Forecasts;
using Reeve.Audit.Policy.Traffic;
using Reeve.Audit.Reading;

namespace Reeve.Audit.Tests.Policy;

public sealed class PolicyForecastTests
{
    private static readonly AuditPolicy Everything = new() { Rules = [new() { Level = AuditLevel.RequestResponse }] };

    private static readonly AuditPolicy Usual = new()
    {
        OmitStages = AuditStages.RequestReceived,
        Rules =
        [
            new() { Level = AuditLevel.None, Resources = [new() { Group = "coordination.k8s.io" }] },
            new() { Level = AuditLevel.Metadata, Verbs = ["get", "list", "watch"] },
            new() { Level = AuditLevel.Request, Resources = [new() { Resources = ["pods", "configmaps"] }] },
            new() { Level = AuditLevel.Metadata, UserGroups = ["system:nodes"], OmitStages = AuditStages.ResponseStarted },
        ],
    };

    [Fact]
    public void What_is_recorded_already_is_forecast_as_it_is()
    {
        var lines = RealLogs.Permissive();
        var forecast = PolicyForecast.Of(Everything, Count(lines), TestContext.Current.CancellationToken);

        Assert.Equal(lines.Count, forecast.Total.Events);
        Assert.Equal(lines.Sum(line => (long)line.Length), forecast.Total.Bytes);
        Assert.Equal(forecast.Recorded, forecast.Total);
        Assert.Equal(default, forecast.Guessed);
        Assert.Equal(0, forecast.WithoutBodies);
    }

    [Fact]
    public void What_a_policy_leaves_out_is_left_out_of_the_forecast_to_the_byte()
    {
        var lines = RealLogs.Permissive();
        var forecast = PolicyForecast.Of(Usual, Count(lines), TestContext.Current.CancellationToken);

        var (events, bytes) = (0L, 0L);
        foreach (var line in lines)
        {
            if (Recorded(line) is not { } recorded)
                continue;
            events++;
            bytes += recorded;
        }

        Assert.Equal(events, forecast.Total.Events);
        Assert.Equal(bytes, forecast.Total.Bytes);
        Assert.Equal(forecast.Total.Events, forecast.Rules.Sum(rule => rule.Volume.Events));
        Assert.Equal(lines.Count, forecast.Rules.Sum(rule => rule.Decided.Events));
    }

    [Fact]
    public void Managed_fields_are_counted_as_they_stand_in_bodies()
    {
        var counted = 0L;
        foreach (var line in RealLogs.Permissive())
        {
            var json = JsonElement.Parse(line);
            var expected = Managed(json, "requestObject") + Managed(json, "responseObject");
            Assert.Equal(expected, Count([line]).Rows.Sum(row => row.ManagedBytes));
            counted += expected;
        }

        Assert.True(counted > 100_000, $"only {counted} bytes of managed fields");
    }

    [Fact]
    public void Stages_that_the_log_lacks_are_guessed_and_said_to_be()
    {
        var row = new TrafficRow(new PolicyRequest { User = "ana", IsResource = true, Verb = "watch", Resource = "pods" }, AuditLevel.Metadata, AuditStages.ResponseComplete) { Events = 10, Bytes = 1_000 };
        var forecast = PolicyForecast.Of(Everything, new RecordedTraffic([row], DateTime.UnixEpoch, DateTime.UnixEpoch.AddHours(6)), TestContext.Current.CancellationToken);

        Assert.Equal(30, forecast.Total.Events);
        Assert.Equal(new Volume(20, 1_800), forecast.Guessed);
        Assert.Equal(10, forecast.WithoutBodies);
        Assert.Equal(4, forecast.TimesADay);
    }

    private static RecordedTraffic Count(IEnumerable<byte[]> lines)
    {
        var counter = new TrafficCounter(hasNames: false);
        var (restorer, auditEvent) = (new EventRestorer(), new AuditEvent());
        foreach (var line in lines)
        {
            restorer.Restore(line, auditEvent);
            counter.Add(auditEvent);
        }

        return counter.Count();
    }

    // How long the line would be without what the policy leaves out; null where it leaves out all.
    private static long? Recorded(byte[] line)
    {
        var json = JsonElement.Parse(line);
        var decision = Usual.Decide(Count([line]).Rows[0].Request);
        if (!decision.Stages.HasFlag(Enum.Parse<AuditStages>(json.GetProperty("stage").GetString()!)))
            return null;
        return line.Length
            - (decision.Level < AuditLevel.RequestResponse ? Written(json, "responseObject") : 0)
            - (decision.Level < AuditLevel.Request ? Written(json, "requestObject") : 0);
    }

    // A member with its name and its comma.
    private static long Written(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? Encoding.UTF8.GetByteCount($"\"{name}\":{value.GetRawText()},") : 0;

    private static long Managed(JsonElement json, string body) => json.TryGetProperty(body, out var value) ? Managed(value) : 0;

    private static long Managed(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().Sum(member =>
            member is { Name: "managedFields", Value.ValueKind: JsonValueKind.Array } ? Written(json, "managedFields") : Managed(member.Value)),
        JsonValueKind.Array => json.EnumerateArray().Sum(Managed),
        _ => 0,
    };
}
