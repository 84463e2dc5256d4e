using Reeve.Audit;
using Reeve.Audit.Salvage;
using Reeve.Store.Query;

namespace Reeve.Server.Ui.Search;

/// <summary>What the pipeline remarked about an event, in words.</summary>
/// <param name="Text">The remark.</param>
/// <param name="IsLoss">Whether something is missing or doubtful.</param>
internal readonly record struct EventRemarks(string Text, bool IsLoss)
{
    private static readonly (EventMarks Mark, string Text, bool IsLoss)[] Marks =
    [
        (EventMarks.TimeApproximate, "The event names no time; that of its envelope or header is shown, or of its receipt.", true),
        (EventMarks.TimeInFuture, "Its time lies more than a day in the future: a clock is wrong, or somebody made it up.", true),
        (EventMarks.TimeBeyondHorizon, "Its time lies before the horizon of this installation; it is kept under the day of its receipt.", false),
        (EventMarks.Scrubbed, "Secret values in it were replaced by fingerprints before anything was stored. Equal fingerprints are equal values.", false),
        (EventMarks.SecretMaterial, "Some of these stood where no secret belongs: in a URL, a command, a variable, a text. Whoever could read that object or log could read them; change them.", false),
        (EventMarks.InvalidUtf8, "Some bytes were not valid text; they are shown as \ufffd.", true),
        (EventMarks.OtherLog, "Another log that travels on the same stream as the audit log; it is kept, but for runs that may be secrets.", false),
        (EventMarks.RefusedByStore, "The store refused the row for its content; only its raw text can be searched.", true),
    ];

    /// <summary>Every remark about an event.</summary>
    public static IEnumerable<EventRemarks> Of(StoredEvent row)
    {
        if (Cut(row.Integrity) is { } cut)
            yield return new EventRemarks(cut, true);
        if (CutCauses.Find(row.Cause) is { } cause)
            yield return new EventRemarks($"Likely cause: {cause.Text}. {cause.Mend}", true);
        foreach (var (mark, text, isLoss) in Marks)
            if (row.Marks.HasFlag(mark))
                yield return new EventRemarks(text, isLoss);
    }

    private static string? Cut(Integrity integrity) => integrity switch
    {
        Integrity.TruncatedBySender => "A relay on the way cut this event. What could be read of it is shown; the rest never arrived.",
        Integrity.TruncatedByApiserver => "The apiserver removed the bodies because the event was too large (audit truncation is enabled).",
        Integrity.TruncatedByReeve => "The event was larger than limits.event; its beginning was kept, the rest counted and fingerprinted.",
        Integrity.Fragment => "This is a later piece of an event that a relay split; its beginning is missing.",
        _ => null,
    };
}
