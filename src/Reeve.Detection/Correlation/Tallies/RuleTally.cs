using Reeve.Detection.Rules;

namespace Reeve.Detection.Correlation.Tallies;

/// <summary>Which rules matched, in any order. Not thread-safe.</summary>
internal sealed class RuleTally(CorrelationRule rule) : WindowTally
{
    private readonly int[] _counts = new int[rule.Rules.Length];
    private readonly int _all = rule.Rules.Distinct(StringComparer.Ordinal).Count();
    private int _different;

    public override double Amount => _different;

    public override bool HoldsWithoutBounds => rule.Expression is { } expression ? Holds(expression) : _different == _all;

    public override void Add(in Contribution added) => _different += _counts[added.Place]++ == 0 ? 1 : 0;

    public override void Remove(in Contribution removed) => _different -= --_counts[removed.Place] == 0 ? 1 : 0;

    public override void Clear()
    {
        Array.Clear(_counts);
        _different = 0;
    }

    private bool Holds(CorrelationExpression expression) => expression switch
    {
        CorrelationExpression.Rule one => rule.Rules.IndexOf(one.Id) is var place and >= 0 && _counts[place] > 0,
        CorrelationExpression.And and => Holds(and.Left) && Holds(and.Right),
        CorrelationExpression.Or or => Holds(or.Left) || Holds(or.Right),
        CorrelationExpression.Not not => !Holds(not.Inner),
        _ => throw new ArgumentOutOfRangeException(nameof(expression), expression, "no such expression"),
    };
}
