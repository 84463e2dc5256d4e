using System.Collections.Immutable;
using Reeve.Audit.Policy;
using Reeve.Detection.Rules;

namespace Reeve.Detection.Policy.Reading;

/// <summary>What came of reading an audit policy. Immutable.</summary>
/// <param name="Policy">The policy as the apiserver takes it; null where it takes none.</param>
/// <param name="Problems">Errors, for which the apiserver does not start, and warnings, in the order of the file.</param>
public sealed record PolicyReading(AuditPolicy? Policy, ImmutableArray<RuleProblem> Problems)
{
    private readonly ImmutableDictionary<string, RulePlace> _places = ImmutableDictionary<string, RulePlace>.Empty;

    internal PolicyReading(AuditPolicy? policy, ImmutableArray<RuleProblem> problems, ImmutableDictionary<string, RulePlace> places)
        : this(policy, problems) => _places = places;

    /// <summary>For what the apiserver does not start.</summary>
    public IEnumerable<RuleProblem> Errors => Problems.Where(problem => problem.IsError);

    /// <summary>What it takes, and hardly as it was meant.</summary>
    public IEnumerable<RuleProblem> Warnings => Problems.Where(problem => !problem.IsError);

    /// <summary>Where something stands.</summary>
    /// <param name="path">What, like <c>rules[2].resources[0].group</c>; what stands nowhere is where what holds it stands.</param>
    public RulePlace PlaceOf(string path) => _places.Nearest(path);
}
