using System.Collections.Immutable;
using Reeve.Detection.Rules;

namespace Reeve.Server.Compliance;

/// <summary>What came of reading questions and frameworks.</summary>
/// <param name="Questions">Every question that can be asked, in the order of its file.</param>
/// <param name="Frameworks">Every framework, by id, with those of its controls that can be read.</param>
/// <param name="Problems">What is wrong with the rest, and what was remarked.</param>
public sealed record FrameworkReading(ImmutableArray<EvidenceQuestion> Questions, ImmutableArray<Framework> Frameworks, ImmutableArray<RuleProblem> Problems);
