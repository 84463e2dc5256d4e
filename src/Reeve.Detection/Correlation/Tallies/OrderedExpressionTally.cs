using Reeve.Detection.Rules;

namespace Reeve.Detection.Correlation.Tallies;

/// <summary>
/// Which rules matched, where an expression says which must have, and in order: the right side of an <c>and</c> after its left side;
/// <c>not</c> asks for nothing in the whole window. Not thread-safe.
/// </summary>
internal sealed class OrderedExpressionTally(CorrelationRule rule, CorrelationExpression expression) : WindowTally
{
    private const int Nowhere = -1;

    private readonly List<int> _places = [];
    private int _from;

    public override double Amount => _places.Skip(_from).Distinct().Count();

    public override bool HoldsWithoutBounds => End(expression, _from) != Nowhere;

    public override void Add(in Contribution added) => _places.Add(added.Place);

    public override void Remove(in Contribution removed)
    {
        if (++_from * 2 <= _places.Count)
            return;
        _places.RemoveRange(0, _from);
        _from = 0;
    }

    public override void Clear()
    {
        _places.Clear();
        _from = 0;
    }

    // Behind the event with which the expression is met first; the earliest end leaves most to what has to follow.
    private int End(CorrelationExpression part, int from)
    {
        switch (part)
        {
            case CorrelationExpression.Rule one:
                var at = _places.IndexOf(rule.Rules.IndexOf(one.Id), from);
                return at < 0 ? Nowhere : at + 1;
            case CorrelationExpression.And and:
                var left = End(and.Left, from);
                return left == Nowhere ? Nowhere : End(and.Right, left);
            case CorrelationExpression.Or or:
                var (first, second) = (End(or.Left, from), End(or.Right, from));
                return first == Nowhere ? second : second == Nowhere ? first : Math.Min(first, second);
            case CorrelationExpression.Not not:
                return End(not.Inner, _from) == Nowhere ? from : Nowhere;
            default:
                throw new ArgumentOutOfRangeException(nameof(part), part, "no such expression");
        }
    }
}
