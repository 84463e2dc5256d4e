using System.Text;
using System.Text.Json;
using Reeve.Detection.Correlation;
using Reeve.Detection.Matching;
using Reeve.Detection.Rules;
using Reeve.Detection.Sigma;

namespace Reeve.Detection.Tests.Correlation;

public sealed class CorrelationCaseTests
{
    [Fact]
    public void Correlations_fire_where_rsigma_says()
    {
        using var cases = JsonDocument.Parse(File.ReadAllBytes(Repository.Shared("data", "cases", "sigma-correlation-cases.json")));
        var asserted = 0;
        foreach (var one in cases.RootElement.GetProperty("cases").EnumerateArray())
        {
            var name = one.GetProperty("id").GetString();
            var reading = SigmaReader.Read([new RuleFile("r.yml", one.GetProperty("rules").GetString()!)], new SigmaOptions());
            Assert.True(!reading.HasErrors, $"{name}: {string.Join("; ", reading.Problems)}");
            var run = new CorrelationRun(reading.Rules);
            var all = new List<CorrelationFiring>();
            foreach (var step in one.GetProperty("steps").EnumerateArray())
            {
                var fired = run.Observe(DateTime.UnixEpoch.AddSeconds(step.GetProperty("t").GetDouble()), step.GetProperty("event").GetRawText());
                all.AddRange(fired);
                var expected = step.GetProperty("correlationsFired");
                if (expected.ValueKind == JsonValueKind.Number)
                    Assert.True(expected.GetInt32() == fired.Count, $"{name} {step}: {string.Join(", ", fired)}");
                if (expected.ValueKind == JsonValueKind.String)
                    Assert.Contains(expected.GetString(), fired.Select(firing => firing.Rule.Title));
                asserted += expected.ValueKind == JsonValueKind.Null ? 0 : 1;
            }

            if (one.TryGetProperty("expectedGroup", out var group))
                Assert.Equal(group.EnumerateObject().Select(member => $"{member.Name}={member.Value}"), all[^1].Group.Select(part => $"{part.Key}={part.Value}"));
            if (one.TryGetProperty("aggregatedValue", out var amount))
                Assert.Equal(amount.GetDouble(), all[^1].Amount);
        }

        Assert.True(asserted >= 20, $"only {asserted} steps say anything");
    }
}
