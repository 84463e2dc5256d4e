using System.Text.Json;

namespace Reeve.Detection.Tests.Support;

/// <summary>Events in a line of a case table: <c>+ {…}</c> for one that matches, <c>- {…}</c> for one that does not.</summary>
internal static class EventList
{
    public static IEnumerable<(bool Matches, JsonElement Event)> Parse(string events)
    {
        foreach (var part in events.Replace(" - {", "\n- {", StringComparison.Ordinal).Replace(" + {", "\n+ {", StringComparison.Ordinal).Split('\n'))
        {
            Assert.True(part[..2] is "+ " or "- ", $"not an event with its sign: {part}");
            yield return (part[0] == '+', JsonDocument.Parse(part[2..]).RootElement);
        }
    }
}
