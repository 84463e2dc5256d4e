using System.Collections.Immutable;
using Reeve.Detection.Rules;

namespace Reeve.Server.Compliance;

/// <summary>What a framework asks for in one place. Immutable.</summary>
/// <param name="Id">Its number in the framework, like <c>10.2.1.2</c>; unique there.</param>
/// <param name="Text">What it asks for, in short and in Reeve's words.</param>
/// <param name="Evidence">The questions whose answers speak for it, the weightiest first; empty where the log has nothing to say.</param>
/// <param name="Beyond">What of it no audit log can show; empty where the evidence is all.</param>
/// <param name="Place">Where it stands.</param>
public sealed record Control(string Id, string Text, ImmutableArray<EvidenceQuestion> Evidence, string Beyond, RulePlace Place);
