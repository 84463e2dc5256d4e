using Reeve.Detection.Rules;

namespace Reeve.Detection.Linting.Checks;

/// <summary>Tags of a form of their own.</summary>
internal sealed class TagFormCheck : ILintCheck
{
    public string Name => "tag-form";

    public IEnumerable<string> Check(DetectionRule rule) => rule.Format == RuleFormat.Falco ? [] : rule.Tags
        .Where(tag => !tag.Contains('.', StringComparison.Ordinal) || tag.Any(c => !(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-' or '_')))
        .Select(tag => $"the tag '{tag}' is not of the form namespace.name in small letters");
}
