using System.Globalization;
using Reeve.Audit.Findings;
using Reeve.Server.Alerts;
using Reeve.Server.Ui.Filters;
using Reeve.Server.Ui.Search;
using Reeve.Server.Ui.Time;

namespace Reeve.Server.Ui.Alerts;

/// <summary>How pages speak of alerts.</summary>
internal static class AlertWords
{
    /// <summary>The levels, the gravest first.</summary>
    public static IReadOnlyList<FindingLevel> Levels { get; } = [.. Enum.GetValues<FindingLevel>().OrderDescending()];

    /// <summary>"2 critical, 5 high"; empty where there are none.</summary>
    public static string Counts(IReadOnlyDictionary<FindingLevel, long> counts) => string.Join(", ", Levels
        .Where(level => counts.GetValueOrDefault(level) > 0)
        .Select(level => string.Create(CultureInfo.InvariantCulture, $"{counts[level]:N0} {level.ToName()}")));

    /// <summary>"12 requests".</summary>
    public static string Requests(long count) => count == 1 ? "1 request" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} requests");

    /// <summary>A rule's description with a line for each paragraph and each item of a list; where its author broke lines, it goes on.</summary>
    public static IEnumerable<string> Paragraphs(string description)
    {
        var paragraph = "";
        foreach (var line in description.Split('\n').Select(line => line.Trim()))
        {
            var isItem = line.StartsWith("- ", StringComparison.Ordinal);
            if ((line.Length == 0 || isItem) && paragraph.Length > 0)
                yield return paragraph;
            paragraph = line.Length == 0 ? "" : isItem || paragraph.Length == 0 ? line : $"{paragraph} {line}";
        }

        if (paragraph.Length > 0)
            yield return paragraph;
    }

    /// <summary>The search for an alert's events.</summary>
    public static SearchAddress Events(StoredAlert alert, bool localTime) => new()
    {
        Filter = FilterTerm.Add(FilterTerm.Add("", "rule", alert.Title, exclude: false), "cluster", alert.Cluster, exclude: false),
        Time = new TimeSelection.Between(alert.First, alert.Last.AddSeconds(1)),
        LocalTime = localTime,
        AllEvents = true,
    };

    /// <summary>The search for all that somebody did around an alert: an hour before and after it.</summary>
    public static SearchAddress Around(StoredAlert alert, string actor, bool localTime) => new()
    {
        Filter = FilterTerm.Add(FilterTerm.Add("", "actor", actor, exclude: false), "cluster", alert.Cluster, exclude: false),
        Time = new TimeSelection.Between(alert.First.AddHours(-1), alert.Last.AddHours(1)),
        LocalTime = localTime,
    };
}
