using Reeve.Detection.Policy.Changes;
using Reeve.Server.Compliance;

namespace Reeve.Server.Policies;

/// <summary>A control, what of its evidence an audit policy shows, and the smallest change of the policy by which it shows all.</summary>
/// <param name="Coverage">The control and what is there.</param>
/// <param name="Change">The change; null where nothing is missing, or where there is no policy to change.</param>
/// <param name="Price">What the change adds; null without traffic.</param>
public sealed record MendedControl(ControlCoverage Coverage, PolicyChange? Change, ChangePrice? Price);
