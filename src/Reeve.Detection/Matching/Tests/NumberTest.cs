using System.Globalization;
using Reeve.Detection.Conditions;

namespace Reeve.Detection.Matching.Tests;

/// <summary>The value is a number that stands so to another.</summary>
internal sealed class NumberTest(Comparison comparison, double number) : BytesTest
{
    public override bool Passes(ReadOnlySpan<byte> value, MatchSession session) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) && comparison.Holds(parsed.CompareTo(number));
}
