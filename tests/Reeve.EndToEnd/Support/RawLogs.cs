using System.Text.Json;
using ZstdSharp;

namespace Reeve.EndToEnd.Support;

/// <summary>Log files as this test reads them: line by line, with nothing of Reeve.</summary>
internal sealed class RawLogs
{
    private static readonly string[] ResponseStages = ["ResponseStarted", "ResponseComplete", "Panic"];

    private readonly List<(string Line, JsonElement Event)> _lines = [];

    private RawLogs()
    {
    }

    /// <summary>Reads every <c>.jsonl</c> and <c>.jsonl.zst</c> of a folder.</summary>
    public static RawLogs Of(string folder)
    {
        var logs = new RawLogs();
        foreach (var line in Directory.EnumerateFiles(folder, "*.jsonl*", SearchOption.AllDirectories).SelectMany(LinesOf))
            logs._lines.Add((line, JsonElement.Parse(line)));
        return logs;
    }

    /// <summary>The lines of one file.</summary>
    public static IEnumerable<string> LinesOf(string path)
    {
        using var file = File.OpenRead(path);
        using var text = new StreamReader(path.EndsWith(".zst", StringComparison.Ordinal) ? new DecompressionStream(file) : file);
        while (text.ReadLine() is { } line)
            yield return line;
    }

    /// <summary>How many lines there are.</summary>
    public int Count => _lines.Count;

    /// <summary>Every line, by the time of its stage; ties as they came.</summary>
    public IReadOnlyList<string> ByTime() => [.. _lines.OrderBy(line => Text(line.Event, "stageTimestamp"), StringComparer.Ordinal).Select(line => line.Line)];

    /// <summary>The auditIDs of the requests that were received, do not run long and have no other stage.</summary>
    public IReadOnlyList<string> Orphans()
    {
        var answered = _lines.Where(line => Text(line.Event, "stage") != "RequestReceived").Select(Request).ToHashSet();
        return [.. _lines
            .Where(line => Text(line.Event, "stage") == "RequestReceived" && !RunsLong(line.Event) && !answered.Contains(Request(line)))
            .Select(line => Text(line.Event, "auditID"))];
    }

    /// <summary>How many requests have an answer and fit: one each of auditID, time of receipt and URI.</summary>
    public int Requests(Func<JsonElement, bool> fits) => _lines
        .Where(line => ResponseStages.Contains(Text(line.Event, "stage")) && fits(line.Event))
        .DistinctBy(Request)
        .Count();

    /// <summary>The lines of one event.</summary>
    public IReadOnlyList<string> Lines(string auditId, string stage) =>
        [.. _lines.Where(line => Text(line.Event, "auditID") == auditId && Text(line.Event, "stage") == stage).Select(line => line.Line)];

    /// <summary>The names and the values at the ends of an event, from the top.</summary>
    public static IEnumerable<string> Parts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => Parts(member.Value).Prepend(member.Name)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Parts),
        JsonValueKind.String => [$"\"{value.GetString()}\""],
        _ => [value.GetRawText()],
    };

    private static (string AuditId, string Received, string Uri) Request((string Line, JsonElement Event) line) =>
        (Text(line.Event, "auditID"), Text(line.Event, "requestReceivedTimestamp"), Text(line.Event, "requestURI"));

    private static bool RunsLong(JsonElement value) =>
        Text(value, "verb") is "watch" or "proxy"
        || (value.TryGetProperty("objectRef", out var reference) && Text(reference, "subresource") is "exec" or "attach" or "proxy" or "log" or "portforward");

    private static string Text(JsonElement value, string name) =>
        value.TryGetProperty(name, out var found) ? found.GetString()! : "";
}
