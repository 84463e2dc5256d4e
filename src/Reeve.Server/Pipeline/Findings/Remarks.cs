using Reeve.Audit;
using Reeve.Audit.Findings;

namespace Reeve.Server.Pipeline.Findings;

/// <summary>Which remarks of the pipeline about an event are findings; one more is one more row.</summary>
internal static class Remarks
{
    private static readonly (FindingKind Kind, Func<EventContext, bool> Applies)[] Table =
    [
        (FindingKinds.Truncation, context => context.Integrity is not (Integrity.Whole or Integrity.Unreadable)),
        (FindingKinds.Unreadable, context => context.Integrity == Integrity.Unreadable && !context.Marks.HasFlag(EventMarks.OtherLog)),
        (FindingKinds.SecretMaterial, context => context.Marks.HasFlag(EventMarks.SecretMaterial)),
    ];

    /// <summary>Whether there are any; most events have none.</summary>
    public static bool Any(EventContext context)
    {
        foreach (var (_, applies) in Table)
        {
            if (applies(context))
                return true;
        }

        return false;
    }

    /// <summary>The kinds of an event's remarks.</summary>
    public static IEnumerable<FindingKind> Of(EventContext context) => Table.Where(row => row.Applies(context)).Select(row => row.Kind);
}
