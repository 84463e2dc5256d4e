using System.Text.Json;

namespace Reeve.EndToEnd.Support;

/// <summary>Compares what was sent with what is stored.</summary>
internal static class Delivered
{
    /// <summary>Each line is stored once, and whole: the very bytes, and where a secret was replaced, its fingerprint in their place.</summary>
    public static void AssertEach(IEnumerable<string> lines, IReadOnlyCollection<JsonElement> rows)
    {
        var byKey = rows.ToLookup(row => $"{row.GetProperty("auditid")} {row.GetProperty("stage")}");
        foreach (var line in lines)
        {
            var sent = JsonElement.Parse(line);
            var row = Assert.Single(byKey[$"{sent.GetProperty("auditID")} {sent.GetProperty("stage")}"]);
            Assert.Equal("whole", row.GetProperty("integrity").GetString());
            var raw = row.GetProperty("raw");
            if (!IsScrubbed(row))
                Assert.Equal(line, raw.GetRawText());
            else
                Assert.All(RawLogs.Parts(sent).Zip(RawLogs.Parts(raw)), part => Assert.True(part.First == part.Second || part.Second.Contains("reeve:hmac:")));
        }
    }

    private static bool IsScrubbed(JsonElement row) =>
        row.TryGetProperty("marks", out var marks) && marks.EnumerateArray().Any(mark => mark.GetString() == "scrubbed");
}
