using System.Globalization;
using System.Text;
using Reeve.Audit.Fields;

namespace Reeve.Store.Query;

/// <summary>How long a request took, from the stages that are stored of it.</summary>
/// <param name="Received">When the apiserver received it, UTC; null where no stage says so.</param>
/// <param name="Answered">How long until its first answer: <c>ResponseStarted</c>, or <c>ResponseComplete</c> or <c>Panic</c> without one; null where that is not known.</param>
/// <param name="Session">How long the answer took: the length of an exec, of a watch, of a log that was followed; null without a start or an end.</param>
/// <param name="IsOpen">Whether the answer started and no stage says that it ended.</param>
public sealed record RequestTiming(DateTime? Received, TimeSpan? Answered, TimeSpan? Session, bool IsOpen)
{
    /// <summary>The timing of a request.</summary>
    /// <param name="stages">Its stages, the earliest first, as <see cref="EventSearch.StagesAsync"/> gives them.</param>
    /// <param name="opened">One of them with its JSON, which has the time of receipt even where that stage was not logged.</param>
    public static RequestTiming Of(IReadOnlyList<StoredEvent> stages, StoredEvent opened)
    {
        var received = ReceivedOf(opened) ?? TimeOf(stages, "RequestReceived");
        var started = TimeOf(stages, "ResponseStarted");
        var ended = TimeOf(stages, "ResponseComplete") ?? TimeOf(stages, "Panic");
        // A 401 has no stage but ResponseStarted, and is over with it.
        var refused = stages.Any(stage => stage.Stage == "ResponseStarted" && stage.Code >= 400);
        return new RequestTiming(
            received, Between(received, started ?? ended), Between(started, ended), started is not null && ended is null && !refused);
    }

    private static DateTime? ReceivedOf(StoredEvent opened)
    {
        var texts = JsonTexts.At(Encoding.UTF8.GetBytes(opened.Raw ?? ""), "requestReceivedTimestamp");
        return texts is [var text] && DateTime.TryParseExact(
            text, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time)
            && time > DateTime.UnixEpoch
            ? time
            : null;
    }

    private static DateTime? TimeOf(IReadOnlyList<StoredEvent> stages, string name) => stages.FirstOrDefault(stage => stage.Stage == name)?.Time;

    private static TimeSpan? Between(DateTime? from, DateTime? to) => to - from is { Ticks: >= 0 } span ? span : null;
}
