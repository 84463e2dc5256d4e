using System.Globalization;
using System.Text.Json.Nodes;
using Reeve.Detection.Sigma.Correlations;
using Reeve.Detection.Yaml;

namespace Reeve.Rules;

/// <summary>
/// The events of one test. An event may leave out what every audit event has: it is then the whole event of a finished request of its own,
/// a second after the one before. <c>times: 10</c> stands for ten such events, <c>after: 5m</c> says how long after the one before.
/// </summary>
internal sealed class TestStory
{
    private const string Times = "times";
    private const string After = "after";
    private const string Received = "requestReceivedTimestamp";
    private const string Staged = "stageTimestamp";
    private const int MostTimes = 100_000;

    private readonly List<JsonObject> _events = [];
    private DateTime _time = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private TestStory()
    {
    }

    /// <summary>The events of a test: one, or a list of them.</summary>
    /// <exception cref="FormatException">One is no event; the message says why.</exception>
    public static IReadOnlyList<JsonObject> Of(YamlNode item)
    {
        var story = new TestStory();
        foreach (var node in item is YamlSequence list ? list.Items : [item])
            story.Add(YamlJson.Of(node) as JsonObject ?? throw new FormatException("an event must be a block of keys"));
        return story._events;
    }

    private void Add(JsonObject written)
    {
        var times = Take(written, Times) is { } count ? Count(count) : 1;
        var after = Take(written, After) is { } span ? Span(span) : TimeSpan.FromSeconds(1);
        for (var each = 0; each < times; each++, after = TimeSpan.FromSeconds(1))
        {
            _time += after;
            _events.Add(Whole((JsonObject)written.DeepClone()));
        }
    }

    private JsonObject Whole(JsonObject written)
    {
        var time = _time.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
        written.TryAdd("kind", "Event");
        written.TryAdd("apiVersion", "audit.k8s.io/v1");
        written.TryAdd("level", "RequestResponse");
        // In the form of an id that the API server gives.
        written.TryAdd("auditID", $"00000000-0000-4000-8000-{_events.Count:x12}");
        written.TryAdd("stage", "ResponseComplete");
        written.TryAdd(Received, time);
        written.TryAdd(Staged, time);
        return written;
    }

    private static string? Take(JsonObject written, string key) => written.Remove(key, out var value) ? value?.ToString() ?? "" : null;

    private static int Count(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= MostTimes
            ? count
            : throw new FormatException($"'{Times}' is a whole number from 1 to {MostTimes}, not '{text}'");

    private static TimeSpan Span(string text) =>
        Timespans.TryParse(text, out var span) ? span : throw new FormatException($"'{After}' is a number with s, m, h or d, not '{text}'");
}
