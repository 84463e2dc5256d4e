namespace Reeve.Detection.Conditions;

/// <summary>How two numbers have to stand to each other.</summary>
public enum Comparison : byte
{
    /// <summary>The same.</summary>
    Equal,

    /// <summary>Not the same.</summary>
    NotEqual,

    /// <summary>The first is less.</summary>
    Less,

    /// <summary>The first is less or the same.</summary>
    LessOrEqual,

    /// <summary>The first is greater.</summary>
    Greater,

    /// <summary>The first is greater or the same.</summary>
    GreaterOrEqual,
}

/// <summary>What a comparison says of two that were compared.</summary>
public static class Comparisons
{
    /// <summary>Whether it holds where <see cref="IComparable.CompareTo"/> answered <paramref name="order"/>.</summary>
    public static bool Holds(this Comparison comparison, int order) => comparison switch
    {
        Comparison.Equal => order == 0,
        Comparison.NotEqual => order != 0,
        Comparison.Less => order < 0,
        Comparison.LessOrEqual => order <= 0,
        Comparison.Greater => order > 0,
        Comparison.GreaterOrEqual => order >= 0,
        _ => throw new ArgumentOutOfRangeException(nameof(comparison), comparison, "not a comparison"),
    };
}
