using Reeve.Detection.Conditions;
using Reeve.Detection.Rules;

namespace Reeve.Detection.Linting.Checks;

/// <summary><c>delete</c> without <c>deletecollection</c>, which deletes all at once.</summary>
internal sealed class DeleteWithoutCollectionCheck : ILintCheck
{
    public string Name => "delete-without-collection";

    public IEnumerable<LintRemark> Check(DetectionRule rule)
    {
        var verbs = rule.Condition.AffirmedTextsOf("verb").ToList();
        // Namespaces have no deletecollection.
        var others = rule.Condition.AffirmedTextsOf("objectRef.resource").Any(resource => resource != "namespaces");
        if (others && verbs.Contains("delete", StringComparer.OrdinalIgnoreCase) && !verbs.Contains("deletecollection", StringComparer.OrdinalIgnoreCase))
            yield return new LintRemark(rule.PlaceOf("verb", "delete"), "who deletes everything at once has the verb 'deletecollection', which the rule does not look for");
    }
}
