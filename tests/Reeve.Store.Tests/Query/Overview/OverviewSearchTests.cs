using CsCheck;
using Reeve.Store.Query;
using Reeve.Store.Query.Overview;
using Reeve.Store.Tests.Support;

namespace Reeve.Store.Tests.Query.Overview;

public sealed class OverviewSearchTests(SharedStores stores) : IAsyncLifetime
{
    private static readonly string[] Hostile =
    [
        "", " ", "a", "it's", "quo\"te", @"back\slash", @"\", "new\nline", "tab\tnul\0", "*", "?", "a*", @"\*", "or", "not x", "(", "-x", "<5", "3:abc", ":", "a:b", "/", "//", "a/b", "%", "_",
        "kubectl", "kubectl/", "kubectl.exe/v1", "café/ключ", "😀", new('x', 127), new('x', 128), new('x', 129), new('é', 128), Times("😀", 127) + "/", new string('y', 127) + "/1", new string('y', 128) + "/1",
        new string('y', 128) + "/2", new string('*', 128), new string('*', 127) + @"\\", new('n', 10_000), new string('s', 200) + "/" + new string('s', 200),
    ];

    private EventStore _store = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_clients_send_is_counted_as_search_finds_it()
    {
        var text = QueryGen.Pick(Hostile);
        var events = Gen.Select(text.Array[6], Gen.Int[0, 5], Gen.Bool, QueryGen.Pick("get", "create", "patch", "delete", "deletecollection"), (words, kind, primary, verb) =>
        {
            var json = Samples.Json(verb, words[0]);
            json["userAgent"] = kind < 2 ? "kubectl" + words[1] : words[1];
            var target = json["objectRef"]!;
            (target["namespace"], target["name"]) = (words[2], words[3]);
            target["resource"] = kind is 1 or 2 ? "secrets" : words[4];
            target["subresource"] = kind == 3 ? "exec" : kind == 0 ? "" : words[5];
            json["responseStatus"]!["code"] = kind switch { 4 => 401, 5 => 403, _ => 200 };
            var ip = (words[0].Length % 4) switch { 0 => "::", 1 => "2001:db8::ffff:1", 2 => "::ffff:0:102:304", _ => "10.0.0.7" };
            return Samples.Of(json.ToJsonString(), Samples.Noon.AddSeconds((words[5].Length * 37) + kind), "prod", primary, ip);
        }).Array[400].Generate(PCG.ThreadPCG, null, out _);
        await _store.InsertAsync(1, events);

        foreach (var actor in Hostile)
        {
            var figures = await ReadAsync(Samples.Noon.AddHours(-5), Samples.Noon.AddDays(1), actor: actor);
            if (actor.Length == 0)
                await OverviewClaims.CheckAsync(_store.Client, figures);
            else
                await OverviewClaims.CheckAsync(_store.Client, OverviewClaims.Of(figures).Where(claim => claim.About.StartsWith("changes", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Long_texts_are_kept_short()
    {
        var json = Samples.Json("create", new string('u', 10_000));
        json["userAgent"] = "kubectl" + new string('a', 10_000);
        json["objectRef"]!["namespace"] = Times("😀", 5_000);
        json["objectRef"]!["resource"] = "secrets";
        json["objectRef"]!["name"] = new string('n', 10_000);
        await _store.InsertAsync(1, [Samples.Of(json.ToJsonString())]);
        Assert.Equal(["1"], await _store.ReadAsync("SELECT max(lengthUTF8(counted)) < 300 FROM overview_minute"));

        var figures = await ReadAsync(Samples.Noon, Samples.Noon.AddHours(1), actor: new string('u', 10_000));
        Assert.Equal(new string('u', 128) + "…", figures.Actors.Rows[0].Label);
        Assert.Equal(1, figures.Changes.Total);
        await OverviewClaims.CheckAsync(_store.Client, figures);
    }

    [Fact]
    public async Task Empty_store_and_empty_range_have_no_numbers()
    {
        var none = await ReadAsync(Samples.Noon, Samples.Noon.AddDays(2));
        Assert.Equal((0, 0), (none.Requests.Count, none.Unreadable.Count));
        Assert.All(OverviewClaims.Panels(none), panel => Assert.Equal((0, 0), (panel.Panel.Total, panel.Panel.Rows.Count)));
        Assert.NotEmpty(none.Categories.Buckets);
        Assert.All(none.Categories.Buckets, bucket => Assert.Empty(bucket.Counts));

        await _store.InsertAsync(1, [Samples.Of(Samples.Json().ToJsonString())]);
        var nothing = await ReadAsync(Samples.Noon.AddMinutes(1), Samples.Noon);
        Assert.Equal((0, nothing.From), (nothing.Requests.Count, nothing.To));
        Assert.Empty(nothing.Categories.Buckets);
    }

    [Fact]
    public async Task Time_is_counted_in_whole_minutes_as_far_as_the_store_keeps_it()
    {
        await _store.InsertAsync(1, [Samples.Of(Samples.Json().ToJsonString(), Samples.Noon.AddSeconds(-1)), Samples.Of(Samples.Json().ToJsonString(), Samples.Noon.AddSeconds(59))]);
        var minute = await ReadAsync(Samples.Noon.AddSeconds(10), Samples.Noon.AddSeconds(20));
        Assert.Equal((Samples.Noon, Samples.Noon.AddMinutes(1), 1), (minute.From, minute.To, minute.Requests.Count));
        var all = await ReadAsync(DateTime.MinValue, DateTime.MaxValue);
        Assert.Equal(2, all.Requests.Count);
        await OverviewClaims.CheckAsync(_store.Client, all);
    }

    [Theory]
    [InlineData("actor:alice", "actor", "alice", "")]
    [InlineData("tool:a:b/", "tool", "a:b/", "")]
    [InlineData("unreadable:", "unreadable", "", "")]
    [InlineData("secret:0:", "secret", "", "")]
    [InlineData("secret:4:shopdb", "secret", "shop", "db")]
    [InlineData("secret:3:1:23:4", "secret", "1:2", "3:4")]
    [InlineData("created:2:😀éx", "created", "😀é", "x")]
    public void Text_of_the_roll_up_is_read_back(string text, string dimension, string value, string second) =>
        Assert.Equal(new OverviewCounted(dimension, value, second), OverviewCounted.Parse(text));

    public async ValueTask InitializeAsync() => _store = await EventStore.CreateAsync(stores);

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private Task<OverviewFigures> ReadAsync(DateTime from, DateTime to, string? cluster = null, string actor = "alice") =>
        new OverviewSearch(_store.Client).ReadAsync(new OverviewRequest(from, to, cluster, actor, 30), Cancel);

    private static string Times(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
