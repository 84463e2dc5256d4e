using Reeve.Server.Ui.Words;
using Reeve.Store.Query;

namespace Reeve.Server.Ui.Search;

/// <summary>One stage of a request among the others.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Since">How long after the one before it, as text; empty for the first.</param>
internal readonly record struct StageStep(StoredEvent Stage, string Since)
{
    /// <summary>The stages of a request in their order. The clocks of several apiservers may differ: no time is negative.</summary>
    public static IEnumerable<StageStep> Of(IReadOnlyList<StoredEvent> stages) =>
        stages.Select((stage, i) => new StageStep(stage, i == 0 ? "" : "+" + DurationWords.Of(stage.Time - stages[i - 1].Time)));
}
