using System.Collections.Immutable;
using Reeve.Audit.Findings;
using Reeve.Detection.Policy.Coverage;
using Reeve.Server.Policies;

namespace Reeve.Server.Ui.Policy;

/// <summary>Which of the rules a person looks at. Immutable.</summary>
/// <param name="Level">Of this level; null for all.</param>
/// <param name="Visibility">That see so much; null for all.</param>
/// <param name="Text">With this in the title, in whatever case; empty for all.</param>
public sealed record CoverageView(FindingLevel? Level = null, Visibility? Visibility = null, string Text = "")
{
    /// <summary>The columns of the matrix.</summary>
    public static ImmutableArray<Visibility> Columns { get; } = [Detection.Policy.Coverage.Visibility.Full, Detection.Policy.Coverage.Visibility.Partial, Detection.Policy.Coverage.Visibility.Blind];

    /// <summary>The rows of the matrix.</summary>
    public static ImmutableArray<FindingLevel> Levels { get; } = [.. Enum.GetValues<FindingLevel>().OrderDescending()];

    /// <summary>How many rules are in a cell; null stands for a whole row or column.</summary>
    public static int Count(CoverageReport report, FindingLevel? level, Visibility? visibility) =>
        report.Rules.Count(rule => (level is null || rule.Rule.Level == level) && (visibility is null || rule.Sight.Visibility == visibility));

    /// <summary>The rules, those first that see least, then the most serious.</summary>
    public IEnumerable<MendedRule> Of(CoverageReport report) => report.Rules
        .Where(rule => (Level is null || rule.Rule.Level == Level) && (Visibility is null || rule.Sight.Visibility == Visibility)
            && rule.Rule.Title.Contains(Text.Trim(), StringComparison.OrdinalIgnoreCase))
        .OrderBy(rule => rule.Sight.Visibility);

    /// <summary>What a visibility is called.</summary>
    /// <param name="visibility">How much is seen.</param>
    /// <param name="isObserved">Whether it is told from traffic: what nobody did is then not known to be lost.</param>
    public static string Word(Visibility visibility, bool isObserved) => visibility switch
    {
        Detection.Policy.Coverage.Visibility.Full => "sees all",
        Detection.Policy.Coverage.Visibility.Partial => "sees part",
        _ => isObserved ? "unseen" : "blind",
    };
}
