using Reeve.Server.Ui.Search;
using Reeve.Server.Ui.Time;
using Reeve.Store.Query.Overview;

namespace Reeve.Server.Ui.Overview;

/// <summary>Where the numbers of an Overview lead: to the search that counts the same.</summary>
/// <param name="figures">The numbers.</param>
/// <param name="localTime">Whether times are shown in the browser's zone.</param>
public sealed class OverviewLinks(OverviewFigures figures, bool localTime)
{
    /// <summary>To the requests a filter finds in the time that was counted.</summary>
    public string To(string filter) => Search(filter, new TimeSelection.Between(figures.From, figures.To)).ToString();

    /// <summary>To the requests a filter finds in the time of one bar.</summary>
    public string To(string filter, int bucket) => Search(filter, RangeOf(bucket, bucket)).ToString();

    /// <summary>To the records a filter finds among all events: those that are no request too.</summary>
    public string ToEvents(string filter) =>
        (Search(filter, new TimeSelection.Between(figures.From, figures.To)) with { AllEvents = true }).ToString();

    /// <summary>The time of some bars, both included.</summary>
    public TimeSelection RangeOf(int first, int last) =>
        new TimeSelection.Between(figures.RangeOf(first).From!.Value, figures.RangeOf(last).To!.Value);

    private SearchAddress Search(string filter, TimeSelection time) => new() { Filter = filter, Time = time, LocalTime = localTime };
}
