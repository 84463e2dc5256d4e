using System.Collections.Immutable;
using Reeve.Audit.Policy;
using Reeve.Detection.Matching.Slots;
using Reeve.Detection.Needs;

namespace Reeve.Detection.Policy.Coverage;

/// <summary>A way in which requests go, and what is known of their events at each of its stages.</summary>
/// <param name="Stages">The stages, with what is known there.</param>
internal sealed record Course(ImmutableArray<(AuditStages Stage, Func<PartialEvent, PartialEvent> Know)> Stages)
{
    // The answer to a failed authentication.
    private static readonly Known Unauthorized = new Known.Text("401");

    private static readonly Known Authorized = new Known.NoneOf(["401"], []);

    /// <summary>It is answered.</summary>
    public static Course Short { get; } = Of(new RequestCourse(IsLongRunning: false, HasAnswer: true, Code: 0, HasPanicked: false));

    /// <summary>It takes long, as a watch or an exec.</summary>
    public static Course Long { get; } = Of(new RequestCourse(IsLongRunning: true, HasAnswer: true, Code: 0, HasPanicked: false));

    /// <summary>The apiserver breaks off before it answers.</summary>
    public static Course Panicked { get; } = Of(new RequestCourse(IsLongRunning: false, HasAnswer: false, Code: 0, HasPanicked: true));

    /// <summary>Its log never shows an answer.</summary>
    public static Course Unanswered { get; } = new([(AuditStages.RequestReceived, known => known.At(AuditStages.RequestReceived))]);

    /// <summary>Nobody knows who it is from.</summary>
    public static Course Refused { get; } = new(
        [(AuditStages.ResponseStarted, known => known.At(AuditStages.ResponseStarted).With("responseStatus.code", Unauthorized).Without("requestObject").Without("responseObject"))]);

    private static Course Of(RequestCourse course) => new(
        [.. course.Events(AuditStages.None).Select(each => (each.Stage, (Func<PartialEvent, PartialEvent>)(known => Answered(known, each.Stage))))]);

    private static PartialEvent Answered(PartialEvent known, AuditStages stage) => stage == AuditStages.RequestReceived
        ? known.At(stage).Without(CatalogueValues.FindingField)
        : known.At(stage).With("responseStatus.code", Authorized);
}
