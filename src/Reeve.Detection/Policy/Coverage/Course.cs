using System.Collections.Immutable;
using Reeve.Audit.Policy;
using Reeve.Detection.Matching.Slots;
using Reeve.Detection.Needs;

namespace Reeve.Detection.Policy.Coverage;

/// <summary>A way in which requests go, and what is known of their events at each of its stages.</summary>
/// <param name="Name">What it is, as words.</param>
/// <param name="Stages">The stages, with what is known there.</param>
internal sealed record Course(string Name, ImmutableArray<(AuditStages Stage, Func<PartialEvent, PartialEvent> Know)> Stages)
{
    // The answer to a failed authentication.
    private static readonly Known Unauthorized = new Known.Text("401");

    private static readonly Known Authorized = new Known.NoneOf(["401"], []);

    /// <summary>It is answered.</summary>
    public static Course Short { get; } = new("requests", [Received, Answered(AuditStages.ResponseComplete)]);

    /// <summary>It takes long, as a watch or an exec.</summary>
    public static Course Long { get; } = new("requests", [Received, Answered(AuditStages.ResponseStarted), Answered(AuditStages.ResponseComplete)]);

    /// <summary>The apiserver breaks off.</summary>
    public static Course Panicked { get; } = new("panics", [Received, Answered(AuditStages.Panic)]);

    /// <summary>Its log never shows an answer.</summary>
    public static Course Unanswered { get; } = new("requests without an answer", [(AuditStages.RequestReceived, known => known.At(AuditStages.RequestReceived))]);

    /// <summary>Nobody knows who it is from.</summary>
    public static Course Refused { get; } = new(
        "failed authentications",
        [(AuditStages.ResponseStarted, known => known.At(AuditStages.ResponseStarted).With("responseStatus.code", Unauthorized).Without("requestObject").Without("responseObject"))]);

    private static (AuditStages, Func<PartialEvent, PartialEvent>) Received => (AuditStages.RequestReceived, known => known.At(AuditStages.RequestReceived).Without(CatalogueValues.FindingField));

    private static (AuditStages, Func<PartialEvent, PartialEvent>) Answered(AuditStages stage) =>
        (stage, known => known.At(stage).With("responseStatus.code", Authorized));
}
