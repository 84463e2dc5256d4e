using Reeve.Detection.Conditions;
using Reeve.Detection.Rules;

namespace Reeve.Detection.Linting;

/// <summary>exec or attach that is looked for by <c>create</c> alone: over WebSocket it is a <c>get</c>.</summary>
internal sealed class ExecByCreateAloneCheck : ILintCheck
{
    public string Name => "exec-by-create-alone";

    public IEnumerable<string> Check(DetectionRule rule)
    {
        var subresources = rule.Condition.AffirmedTextsOf("objectRef.subresource").ToList();
        var verbs = rule.Condition.AffirmedTextsOf("verb").ToList();
        if (subresources.Any(text => text is "exec" or "attach" or "portforward") && verbs.Count > 0 && !verbs.Contains("get", StringComparer.OrdinalIgnoreCase))
            yield return "exec, attach and port-forward over WebSocket have the verb 'get'; the rule looks for " + string.Join(", ", verbs.Distinct(StringComparer.Ordinal)) + " only";
    }
}

/// <summary><c>delete</c> without <c>deletecollection</c>, which deletes all at once.</summary>
internal sealed class DeleteWithoutCollectionCheck : ILintCheck
{
    public string Name => "delete-without-collection";

    public IEnumerable<string> Check(DetectionRule rule)
    {
        var verbs = rule.Condition.AffirmedTextsOf("verb").ToList();
        // Namespaces have no deletecollection.
        var others = rule.Condition.AffirmedTextsOf("objectRef.resource").Any(resource => resource != "namespaces");
        if (others && verbs.Contains("delete", StringComparer.OrdinalIgnoreCase) && !verbs.Contains("deletecollection", StringComparer.OrdinalIgnoreCase))
            yield return "who deletes everything at once has the verb 'deletecollection', which the rule does not look for";
    }
}

/// <summary>An answer that is looked for at the stage that has none.</summary>
internal sealed class EarlyStageCheck : ILintCheck
{
    public string Name => "answer-before-it-came";

    public IEnumerable<string> Check(DetectionRule rule)
    {
        var stages = rule.Condition.AffirmedTextsOf("stage").ToList();
        if (stages.Count > 0 && stages.TrueForAll(stage => stage == "RequestReceived") && rule.Condition.Paths().Any(path => path.StartsWith("response", StringComparison.Ordinal)))
            yield return "at the stage RequestReceived there is no answer yet to look at";
    }
}

/// <summary>A detection whose only question is whether a field has any value.</summary>
internal sealed class WildcardOnlyCheck : ILintCheck
{
    public string Name => "wildcard-only";

    public IEnumerable<string> Check(DetectionRule rule) => rule.Format == RuleFormat.Falco ? [] : rule.Condition.All().OfType<Condition.Has>()
        .Where(has => has.Test is ValueTest.Like { Pieces: [{ Kind: LikeKind.Many }] })
        .Select(has => $"'{has.Field}: *' asks only whether the field is there; '{has.Field}|exists: true' says so");
}

/// <summary>Tags of a form of their own.</summary>
internal sealed class TagFormCheck : ILintCheck
{
    public string Name => "tag-form";

    public IEnumerable<string> Check(DetectionRule rule) => rule.Format == RuleFormat.Falco ? [] : rule.Tags
        .Where(tag => !tag.Contains('.', StringComparison.Ordinal) || tag.Any(c => !(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-' or '_')))
        .Select(tag => $"the tag '{tag}' is not of the form namespace.name in small letters");
}
