using System.Text.Json.Nodes;

namespace Reeve.Detection.Tests.Support;

/// <summary>Small JSON objects whose names and values are few, so that conditions find something in them.</summary>
internal sealed class RandomEvents(Random random)
{
    public static string[] Names { get; } = ["a", "b", "c", "a.b", "b.c", "user", "requestURI", "stageTimestamp", "é"];

    public static string[] Paths { get; } = ["a", "b", "a.b", "a.b.c", "b.c", "c.a", "b.c.a", "user", "user.a", "é", "a.é", "requestURI", "stageTimestamp", "nowhere"];

    public static string[] Values { get; } =
    [
        "", "a", "ab", "aab", "system:node", "System:Masters", "10.1.2.3", "::1", "::ffff:10.0.0.1", "1", "200", "403.0", "true", "É", "é1", "K", "ſ", "😀b", "x\ny", "a\"b\\",
        "2024-07-10T03:45:00Z", "2025-12-31T23:59:59.123456+02:00", "/api/v1/pods?command=a&container=b%20c", "/x?command=ab&command=c",
    ];

    public JsonObject Next(int depth = 3)
    {
        var made = new JsonObject();
        foreach (var name in random.GetItems(Names, random.Next(6)).Distinct())
            made.Add(name, Value(depth));
        return made;
    }

    private JsonNode? Value(int depth) => random.Next(depth > 0 ? 9 : 6) switch
    {
        0 => null,
        1 => JsonValue.Create(random.Next(6) * 100),
        2 => JsonValue.Create(random.Next(2) == 0),
        < 6 => JsonValue.Create(Values[random.Next(Values.Length)]),
        6 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Value(depth - 1))]),
        _ => Next(depth - 1),
    };
}
