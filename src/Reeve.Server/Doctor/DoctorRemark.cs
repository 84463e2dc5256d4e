using Reeve.Audit.Findings;

namespace Reeve.Server.Doctor;

/// <summary>A kind of finding. Immutable.</summary>
/// <param name="Code">Its name for programs.</param>
/// <param name="Level">How much it matters.</param>
/// <param name="Consequence">What happens because of it.</param>
public sealed record DoctorRemark(string Code, FindingLevel Level, string Consequence);
