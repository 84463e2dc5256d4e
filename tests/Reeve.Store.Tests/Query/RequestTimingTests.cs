using System.Text.Json.Nodes;
using Reeve.Store.Query;
using Reeve.Store.Tests.Support;

namespace Reeve.Store.Tests.Query;

public sealed class RequestTimingTests(SharedStores stores)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // Stages with milliseconds after noon; the JSON says that the request was received at noon.
    [Theory]
    [InlineData("RequestReceived 0, ResponseComplete 3.5", 3.5, null, false)]
    [InlineData("ResponseComplete 3.5", 3.5, null, false)]
    [InlineData("RequestReceived 0, ResponseStarted 20, ResponseComplete 12520", 20.0, 12_500.0, false)]
    [InlineData("ResponseStarted 20, ResponseComplete 12520", 20.0, 12_500.0, false)]
    [InlineData("RequestReceived 0, ResponseStarted 20, Panic 30", 20.0, 10.0, false)]
    [InlineData("RequestReceived 0, Panic 30", 30.0, null, false)]
    [InlineData("RequestReceived 0, ResponseStarted 20", 20.0, null, true)]
    [InlineData("RequestReceived 0", null, null, false)]
    [InlineData("ResponseComplete -5", null, null, false)]
    [InlineData("ResponseStarted 401 2", 2.0, null, false)]
    public async Task Timing_is_read_from_the_stages_that_are_stored(string stages, double? answered, double? session, bool open)
    {
        await using var store = await EventStore.CreateAsync(stores);
        await store.InsertAsync(1, stages.Split(", ").Select(Stage));
        var search = new EventSearch(store.Client);
        var opened = await search.GetAsync($"{Samples.Server}-1", Cancel);

        var timing = RequestTiming.Of(await search.StagesAsync(opened!, Cancel), opened!);

        Assert.Equal((Samples.Noon, answered, session, open), (timing.Received, timing.Answered?.TotalMilliseconds, timing.Session?.TotalMilliseconds, timing.IsOpen));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("yesterday")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    public async Task Without_a_time_of_receipt_the_stage_of_receipt_has_it(string? text)
    {
        await using var store = await EventStore.CreateAsync(stores);
        await store.InsertAsync(1, [Stage("RequestReceived 0"), Stage("ResponseComplete 4")]);
        var search = new EventSearch(store.Client);
        var opened = await search.GetAsync($"{Samples.Server}-2", Cancel);
        var stages = await search.StagesAsync(opened!, Cancel);

        var timing = RequestTiming.Of(stages, opened! with { Raw = text is null ? "{\"cut" : $$"""{"requestReceivedTimestamp":"{{text}}"}""" });

        Assert.Equal((Samples.Noon, 4.0), (timing.Received, timing.Answered?.TotalMilliseconds));
    }

    private static SampleEvent Stage(string text)
    {
        var parts = text.Split(' ');
        var json = Samples.Json();
        json["stage"] = parts[0];
        if (parts.Length > 2)
            json["responseStatus"] = new JsonObject { ["code"] = int.Parse(parts[1]) };
        return Samples.Of(json.ToJsonString(), Samples.Noon.AddMilliseconds(double.Parse(parts[^1])), primary: parts[0] != "RequestReceived");
    }
}
