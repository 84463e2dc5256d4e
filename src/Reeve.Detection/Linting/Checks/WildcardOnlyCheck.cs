using Reeve.Detection.Conditions;
using Reeve.Detection.Rules;

namespace Reeve.Detection.Linting.Checks;

/// <summary>A detection whose only question is whether a field has any value.</summary>
internal sealed class WildcardOnlyCheck : ILintCheck
{
    public string Name => "wildcard-only";

    public IEnumerable<LintRemark> Check(DetectionRule rule) => rule.Format == RuleFormat.Falco ? [] : rule.Condition.All().OfType<Condition.Has>()
        .Where(has => has.Test is ValueTest.Like { Pieces: [{ Kind: LikeKind.Many }] })
        .Select(has => new LintRemark(rule.PlaceOf(has.Field.ToString(), "*"), $"'{has.Field}: *' asks only whether the field is there; '{has.Field}|exists: true' says so"));
}
