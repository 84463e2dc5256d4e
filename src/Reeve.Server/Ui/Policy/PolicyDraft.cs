using System.Collections.Immutable;
using Reeve.Audit.Policy;
using Reeve.Detection.Policy.Reading;

namespace Reeve.Server.Ui.Policy;

/// <summary>The policy in the editor. Immutable.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Reading">What was read of it; null where there is nothing to read.</param>
public sealed record PolicyDraft(string Text, PolicyReading? Reading)
{
    private const int MostMarks = 400;

    /// <summary>An empty editor.</summary>
    public static PolicyDraft None { get; } = new("", null);

    /// <summary>The policy; null where there is none, or where the apiserver would not take it.</summary>
    public AuditPolicy? Policy => Reading?.Policy;

    /// <summary>Whether nothing stands in the editor.</summary>
    public bool IsEmpty => string.IsNullOrWhiteSpace(Text);

    /// <summary>The line where a rule begins, from 1.</summary>
    public int LineOf(int rule) => Reading!.PlaceOf($"rules[{rule}]").Line;

    /// <summary>The lines of a rule, from 1, both its own; without the comments that follow it.</summary>
    public (int First, int Last) LinesOf(int rule)
    {
        var lines = Text.Split('\n');
        var first = LineOf(rule);
        var end = rule + 1 < Policy!.Rules.Length ? LineOf(rule + 1) - 1 : lines.Length;
        while (end > first && (string.IsNullOrWhiteSpace(lines[end - 1]) || lines[end - 1].AsSpan().TrimStart().StartsWith("#")))
            end--;
        return (first, Math.Max(first, end));
    }

    /// <summary>What is marked in the editor.</summary>
    /// <param name="decides">The rule that decides what is explained; null for none.</param>
    internal ImmutableArray<EditorMark> Marks(int? decides)
    {
        var problems = Reading?.Problems.Select(problem => new EditorMark(problem.Place.Line, problem.Place.Line, problem.IsError ? EditorMark.Error : EditorMark.Warning)).Distinct() ?? [];
        // The rest is not shown anyway, and would have to go to the browser.
        problems = problems.Take(MostMarks);
        if (decides is not { } rule || Policy is not { } policy || rule < 0 || rule >= policy.Rules.Length)
            return [.. problems];
        var (first, last) = LinesOf(rule);
        return [new EditorMark(first, last, EditorMark.Decides), .. problems];
    }
}

/// <summary>Lines that are marked in the editor.</summary>
/// <param name="First">The first, from 1.</param>
/// <param name="Last">The last.</param>
/// <param name="Kind">Why.</param>
internal sealed record EditorMark(int First, int Last, string Kind)
{
    /// <summary>The apiserver does not start for it.</summary>
    public const string Error = "error";

    /// <summary>It is hardly meant so.</summary>
    public const string Warning = "warning";

    /// <summary>The rule decides what is explained.</summary>
    public const string Decides = "decides";
}
