using Reeve.Server.Preview;

namespace Reeve.Server.Ui.Read;

/// <summary>What was read, in one line.</summary>
internal static class ReadSummary
{
    /// <summary>For example "1,204 events, 2 cut, 1 unreadable; 1,000 are shown".</summary>
    public static string Of(PreviewAnswer answer)
    {
        if (answer.Total == 0)
            return "Nothing but white space.";
        var parts = new List<string> { Count(answer.Total - answer.Unreadable - answer.Others, "event", "events") };
        if (answer.Cut > 0)
            parts.Add($"{answer.Cut:N0} cut");
        if (answer.Unreadable > 0)
            parts.Add($"{answer.Unreadable:N0} unreadable");
        if (answer.Others > 0)
            parts.Add(Count(answer.Others, "line of another log", "lines of other logs"));
        if (answer.Duplicates > 0)
            parts.Add(Count(answer.Duplicates, "duplicate", "duplicates"));
        return string.Join(", ", parts);
    }

    /// <summary>What is not shown; null where all is.</summary>
    public static string? Left(PreviewAnswer answer)
    {
        var left = new List<string>();
        if (answer.IsPart)
            left.Add($"There was more: only the first {answer.Bytes / 1048576.0:0.#} MiB could be read here.");
        if (answer.Total > answer.Events.Count)
            left.Add($"The first {answer.Events.Count:N0} are listed, the others are counted.");
        if (left.Count > 0)
            left.Add("reeve serve PATH takes files of any size.");
        return left.Count == 0 ? null : string.Join(' ', left);
    }

    private static string Count(int count, string one, string many) => $"{count:N0} {(count == 1 ? one : many)}";
}
