namespace Reeve.Detection.Rules;

/// <summary>Which rules must have matched.</summary>
public abstract record CorrelationExpression
{
    private CorrelationExpression()
    {
    }

    /// <summary>A rule, by its id.</summary>
    public sealed record Rule(string Id) : CorrelationExpression;

    /// <summary>Both.</summary>
    public sealed record And(CorrelationExpression Left, CorrelationExpression Right) : CorrelationExpression;

    /// <summary>Either.</summary>
    public sealed record Or(CorrelationExpression Left, CorrelationExpression Right) : CorrelationExpression;

    /// <summary>Not.</summary>
    public sealed record Not(CorrelationExpression Inner) : CorrelationExpression;
}
