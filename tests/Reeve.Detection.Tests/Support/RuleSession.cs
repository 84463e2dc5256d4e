using System.Text;
using System.Text.Json;
using Reeve.Detection.Matching;
using Reeve.Detection.Rules;

namespace Reeve.Detection.Tests.Support;

/// <summary>Asks rules about JSON events, the matcher and the slow interpreter alike; where they differ, the test fails.</summary>
internal sealed class RuleSession(RuleSet rules)
{
    private readonly MatchSession _session = Matcher.Compile([.. rules.Detections.Select(rule => rule.Condition)], rules.Detections.SelectMany(rule => rule.Fields)).NewSession();

    /// <summary>The titles of the rules that match.</summary>
    public List<string> Match(JsonElement @event)
    {
        var expected = rules.Detections.Where(rule => NaiveInterpreter.Matches(rule.Condition, @event)).Select(rule => rule.Title).ToList();
        var matched = _session.Match(Encoding.UTF8.GetBytes(@event.GetRawText())).Select(index => rules.Detections[index].Title).ToList();
        Assert.Equal(expected, matched);
        return matched;
    }
}
