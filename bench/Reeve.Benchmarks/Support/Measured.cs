namespace Reeve.Benchmarks.Support;

/// <summary>The passes of one figure.</summary>
internal static class Measured
{
    /// <summary>The middle one of an odd number.</summary>
    public static double Median(this IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[(sorted.Length - 1) / 2];
    }
}
