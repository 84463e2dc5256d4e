using Reeve.Store.Query;

namespace Reeve.Server.Ui.Words;

/// <summary>How long a request took, in a sentence.</summary>
internal static class TimingWords
{
    /// <summary>"Answered after 4.1 ms; the session lasted 12.5 s."; empty where nothing is known.</summary>
    public static string Of(RequestTiming timing, StoredEvent request)
    {
        var parts = new List<string>();
        if (timing.Answered is { } answered)
            parts.Add($"answered after {DurationWords.Of(answered)}");
        if (timing.Session is { } session)
            parts.Add($"{Answer(request)} lasted {DurationWords.Of(session)}");
        else if (timing.IsOpen)
            parts.Add($"no stage says that {Answer(request)} ended");
        if (parts.Count == 0)
            return "";
        var words = string.Join("; ", parts) + ".";
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    private static string Answer(StoredEvent request) => request switch
    {
        { Subresource: "exec" or "attach" or "portforward" or "proxy" } => "the session",
        { Subresource: "log" } => "reading the log",
        { Verb: "watch" } => "the watch",
        _ => "the answer",
    };
}
