using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Reeve.Server.Sources.Demo;

namespace Reeve.Server.Tests.Sources.Demo;

public sealed partial class TellingTests
{
    private static readonly DateTime Now = new(2027, 1, 31, 12, 30, 15, 123, 456, DateTimeKind.Utc);

    [Fact]
    public void The_past_ends_now_and_began_a_day_ago()
    {
        var past = Past();

        Assert.Equal(Now, past[^1].Time);
        Assert.InRange(Now - past[0].Time, TimeSpan.FromHours(23), TimeSpan.FromHours(25));
        Assert.Equal(past.OrderBy(told => told.Time), past);
    }

    [Fact]
    public void What_happens_next_follows_in_the_same_order_and_not_before_now()
    {
        var (past, ahead) = (Past(), Ahead());

        Assert.True(ahead[0].Time >= Now);
        Assert.Equal(ahead.OrderBy(told => told.Time), ahead);
        Assert.Equal(Story_(past), Story_(ahead));

        // The first stage of each request of what is told once.
        static IEnumerable<byte[]> Story_(IReadOnlyList<StoryEvent> told) => told
            .Where(told => Story.Chapters.Single(chapter => chapter.Log == told.Scene.Log.Name).Every is null)
            .OrderBy(told => told.Scene.Shift.Tell(told.Sample.Received, told.Sample.Received)).ThenBy(told => told.Sample.Stage)
            .Select(told => told.Sample.Line);
    }

    [Fact]
    public void Every_sample_is_told_as_often_as_its_chapter()
    {
        var told = Past();

        foreach (var chapter in Story.Chapters)
        {
            var times = chapter.Every is { } every ? (int)Math.Floor((chapter.Begins - chapter.Lasts) / every) + 1 : 1;
            foreach (var sample in DemoSamples.Logs[chapter.Log].Events)
                Assert.Equal(times, told.Count(happened => happened.Sample == sample));
        }
    }

    [Fact]
    public void Events_differ_from_the_samples_in_times_and_identifiers_only()
    {
        foreach (var told in Past())
        {
            Assert.Equal(Form(told.Sample.Line), Form(told.Json()));
            Assert.Equal(People(told.Sample.Line), People(told.Json()));
        }

        static string Form(byte[] json) => Changing.Replace(Encoding.UTF8.GetString(json), match => new string('x', match.Length));
        static string People(byte[] json)
        {
            using var read = JsonDocument.Parse(json);
            var impersonated = read.RootElement.TryGetProperty("impersonatedUser", out var user) ? user.GetRawText() : "";
            return read.RootElement.GetProperty("user").GetRawText() + impersonated;
        }
    }

    [Fact]
    public void Stages_of_a_request_stay_together_and_no_identifier_comes_again()
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var told in (IReadOnlyList<StoryEvent>[])[Past(), Past(), Ahead()])
        {
            foreach (var request in told.GroupBy(happened => (happened.Scene, Text(happened.Sample.Line, "auditID"))))
            {
                var anew = request.Select(happened => Text(happened.Json(), "auditID")).Distinct().Single();
                Assert.True(seen.TryAdd(anew, request.Key.Item2), $"{anew} is told twice");
                Assert.Single(request.Select(happened => Text(happened.Json(), "requestReceivedTimestamp")).Distinct());
            }
        }

        Assert.Empty(seen.Keys.Intersect(seen.Values));
    }

    [Fact]
    public void An_event_happens_when_it_says_and_lasts_as_long_as_it_did()
    {
        foreach (var told in Past().Concat(Ahead()))
        {
            var json = told.Json();
            var (received, stage) = (Time(json, "requestReceivedTimestamp"), Time(json, "stageTimestamp"));

            Assert.Equal(told.Time, stage);
            Assert.Equal(told.Sample.Stage - told.Sample.Received, stage - received);
        }
    }

    [Fact]
    public void No_object_is_younger_than_the_event_that_shows_it()
    {
        foreach (var told in Past().Concat(Ahead()))
        {
            using var json = JsonDocument.Parse(told.Json());
            foreach (var part in (string[])["requestObject", "responseObject"])
            {
                if (json.RootElement.TryGetProperty(part, out var shown) && shown.ValueKind == JsonValueKind.Object && shown.TryGetProperty("metadata", out var metadata)
                    && metadata.TryGetProperty("creationTimestamp", out var created) && created.ValueKind == JsonValueKind.String)
                    Assert.True(created.GetDateTime() <= told.Time, $"{created} after {told.Time:O}");
            }
        }
    }

    [Fact]
    public void An_object_keeps_the_identifier_it_was_created_with()
    {
        var past = Past().Where(told => Story.Chapters.Single(chapter => chapter.Log == told.Scene.Log.Name).Every is null);

        foreach (var same in past.SelectMany(told => Identifiers(told.Sample.Line).Zip(Identifiers(told.Json()))).GroupBy(pair => pair.First))
            Assert.Single(same.Select(pair => pair.Second).Distinct());

        // Who somebody is comes first in an event, and stays.
        static IEnumerable<string> Identifiers(byte[] json) => ObjectUid.Matches(Encoding.UTF8.GetString(json.AsSpan(json.AsSpan().IndexOf("\"sourceIPs\""u8)))).Select(match => match.Value);
    }

    [Fact]
    public void No_sample_holds_what_opens_a_door()
    {
        foreach (var sample in DemoSamples.Logs.Values.SelectMany(log => log.Events))
            Assert.DoesNotMatch(Door, Encoding.UTF8.GetString(sample.Line));
    }

    private static IReadOnlyList<StoryEvent> Past() => Telling.Past(DemoSamples.Logs, Now, new Random());

    private static IReadOnlyList<StoryEvent> Ahead() => Telling.Ahead(DemoSamples.Logs, Now, TimeSpan.FromMilliseconds(500), new Random());

    private static string Text(byte[] json, string name)
    {
        using var read = JsonDocument.Parse(json);
        return read.RootElement.GetProperty(name).GetString()!;
    }

    private static DateTime Time(byte[] json, string name)
    {
        using var read = JsonDocument.Parse(json);
        return read.RootElement.GetProperty(name).GetDateTime();
    }

    [GeneratedRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(\\.[0-9]+)?Z|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Changing { get; }

    [GeneratedRegex("\"uid\":\"[0-9a-f-]{36}\"", RegexOptions.NonBacktracking)]
    private static partial Regex ObjectUid { get; }

    [GeneratedRegex("eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}|PRIVATE KEY|UFJJVkFURSBLRV", RegexOptions.NonBacktracking)]
    private static partial Regex Door { get; }
}
