using System.Globalization;

namespace Reeve.Benchmarks.Support;

/// <summary>A bound of the performance table on the ratio of Reeve to its yardstick.</summary>
/// <param name="Bound">The bound.</param>
/// <param name="AtLeast">Whether the ratio must reach the bound, or must not exceed it.</param>
internal sealed record Goal(double Bound, bool AtLeast)
{
    public static Goal NotBelow(double bound) => new(bound, AtLeast: true);

    public static Goal NotAbove(double bound) => new(bound, AtLeast: false);

    public bool IsMet(double ratio) => AtLeast ? ratio >= Bound : ratio <= Bound;

    public override string ToString() => $"{(AtLeast ? "≥" : "≤")} {Text(Bound, "0.0#")}";

    /// <summary>A ratio as people read it beside this goal: <c>2.31 ×</c>, or <c>1/9.8</c> where the goal is a fraction.</summary>
    public string Text(double ratio) => Text(ratio, "0.00");

    private string Text(double ratio, string format) => Bound is > 0 and < 0.5
        ? "1/" + (1 / ratio).ToString("0.#", CultureInfo.InvariantCulture)
        : ratio.ToString(format, CultureInfo.InvariantCulture) + " ×";
}
