namespace Reeve.Audit.Fields;

/// <summary>The parts of an event that <see cref="DerivedFields"/> are read out of; empty where absent.</summary>
/// <param name="User"><c>user.username</c>.</param>
/// <param name="ImpersonatedUser"><c>impersonatedUser.username</c>.</param>
/// <param name="Agent"><c>userAgent</c>.</param>
/// <param name="Uri"><c>requestURI</c>.</param>
/// <param name="Subresource"><c>objectRef.subresource</c>.</param>
/// <param name="DecisionReason"><c>annotations["authorization.k8s.io/reason"]</c>.</param>
/// <param name="Raw">The event's JSON, UTF-8; empty where nobody has it.</param>
public sealed record DerivedFrom(
    string User, string ImpersonatedUser, string Agent, string Uri, string Subresource, string DecisionReason, ReadOnlyMemory<byte> Raw);
