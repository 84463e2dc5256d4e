using Reeve.Detection.Rules;

namespace Reeve.Detection.Linting.Checks;

/// <summary>Tags of a form of their own.</summary>
internal sealed class TagFormCheck : ILintCheck, ICorrelationCheck
{
    public string Name => "tag-form";

    public IEnumerable<LintRemark> Check(DetectionRule rule) => rule.Format == RuleFormat.Falco ? [] : Odd(rule);

    public IEnumerable<LintRemark> Check(CorrelationRule rule, RuleSet rules) => Odd(rule);

    private static IEnumerable<LintRemark> Odd(Rule rule) => rule.Tags
        .Where(tag => !tag.Contains('.', StringComparison.Ordinal) || tag.Any(c => !(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-' or '_')))
        .Select(tag => new LintRemark(rule.PlaceOf("tags", tag), $"the tag '{tag}' is not of the form namespace.name in small letters"));
}
