using Reeve.Audit.Policy;
using Reeve.Audit.Policy.Forecasts;
using Reeve.Audit.Policy.Traffic;
using Reeve.Detection.Policy.Changes;

namespace Reeve.Detection.Tests.Policy;

public sealed class ChangePriceTests
{
    private static readonly DateTime Day = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    // Secrets are left out, everything else is recorded.
    private static readonly AuditPolicy Policy = new() { Rules = [new() { Level = AuditLevel.None, Resources = [Secrets] }, new() { Level = AuditLevel.Metadata }] };

    private static GroupResources Secrets => new() { Group = "", Resources = ["secrets"] };

    [Fact]
    public void What_the_traffic_has_is_priced_to_the_byte()
    {
        var price = PriceOf(AuditLevel.Metadata, Row("secrets", AuditLevel.Metadata), Row("pods", AuditLevel.Metadata));

        Assert.Equal(new ChangePrice(new Volume(10, 5_000), PriceBasis.Known), price);
    }

    [Fact]
    public void Where_bodies_are_missing_it_is_more()
    {
        var price = PriceOf(AuditLevel.Request, Row("secrets", AuditLevel.Metadata));

        Assert.Equal(new ChangePrice(new Volume(10, 5_000), PriceBasis.AtLeast), price);
    }

    [Fact]
    public void Where_none_of_the_requests_was_recorded_nobody_knows() =>
        Assert.Equal(new ChangePrice(default, PriceBasis.Unknown), PriceOf(AuditLevel.Metadata, Row("pods", AuditLevel.Metadata)));

    [Fact]
    public void Indices_of_what_is_put_in_are_those_of_the_changed_policy()
    {
        PolicyRule first = new() { Level = AuditLevel.Request, Verbs = ["create"] }, second = first with { Verbs = ["patch"] }, last = first with { Verbs = ["get"] };
        var changed = new AuditPolicy { Rules = [Policy.Rules[0], first, second, Policy.Rules[1], last] };
        var change = new PolicyChange([new(1, first), new(1, second), new(2, last)], AuditStages.None, changed);

        Assert.Equal([first, second, last], change.InsertedAt.Select(index => changed.Rules[index]));
    }

    private static ChangePrice PriceOf(AuditLevel level, params TrafficRow[] rows)
    {
        PolicyRule rule = new() { Level = level, Verbs = ["update"], Resources = [Secrets], OmitStages = AuditStages.RequestReceived };
        var change = new PolicyChange([new(0, rule)], AuditStages.None, Policy with { Rules = [rule, .. Policy.Rules] });
        var traffic = new RecordedTraffic([.. rows], Day, Day.AddDays(1));
        return ChangePrice.Of(change, PolicyForecast.Of(Policy, traffic, TestContext.Current.CancellationToken), traffic, TestContext.Current.CancellationToken);
    }

    private static TrafficRow Row(string resource, AuditLevel level) =>
        new(new() { IsResource = true, Verb = "update", Resource = resource, Namespace = "shop", User = "ana" }, level, AuditStages.ResponseComplete) { Events = 10, Bytes = 5_000, Largest = 500 };
}
