using Reeve.Detection.Rules;
using Reeve.Detection.Sigma;

namespace Reeve.Detection.Tests.Correlation;

/// <summary>The rules a, b and c, which match events whose <c>k</c> says so, under a correlation.</summary>
internal static class ThreeRules
{
    public static RuleSet Under(string correlation, string head = "", string more = "")
    {
        var rules = string.Join("---\n", "abc".Select(name => $"title: {name}\nname: {name}\ndetection: {{ s: {{ k: {name} }}, condition: s }}\n"));
        var reading = SigmaReader.Read([new RuleFile("r.yml", $"{rules}---\ntitle: over\n{head}\ncorrelation: {correlation}\n{more}\n")], new SigmaOptions());
        Assert.False(reading.HasErrors, string.Join("; ", reading.Problems));
        return reading.Rules;
    }
}
