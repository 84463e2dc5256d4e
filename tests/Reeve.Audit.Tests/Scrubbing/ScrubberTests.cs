using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Reeve.Audit.Scrubbing;

namespace Reeve.Audit.Tests.Scrubbing;

public sealed partial class ScrubberTests
{
    public static TheoryData<string, string> Cases() => CaseTable.Two("Reeve.Audit.Tests", "Scrubbing", "scrubbing.txt");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Secrets_become_fingerprints_and_all_else_stays(string name, string marked)
    {
        var received = Marks().Replace(marked, match => match.Value[1..^1]);
        var expected = Marks().Replace(marked, match => Replacement(match.Value[0], match.Value[1..^1]));
        var list = received.Contains("\"EventList\"", StringComparison.Ordinal);
        var read = Assert.Single(Readers.Read(received));
        if (list)
            Assert.Contains(read.Text, expected, StringComparison.Ordinal);
        else
            Assert.Equal(expected, read.Text);
        Assert.True(read.Marks.HasFlag(EventMarks.Scrubbed) == (received != expected), name);
    }

    [Fact]
    public void Equal_values_have_equal_fingerprints_however_they_are_written()
    {
        var read = Assert.Single(Readers.Read(
            """{"kind":"Event","verb":"create","requestObject":{"kind":"Secret","data":{"a":"a/b=","b":"a\/b\u003d"},"metadata":{"annotations":{"x":"{\"kind\":\"Secret\",\"data\":{\"a\":\"a\\/b=\"}}"}}}}"""));
        Assert.Equal(3, Regex.Count(read.Text, Fingerprint("a/b="), RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Another_key_gives_other_fingerprints()
    {
        var other = new Scrubber(new ScrubKey(new byte[32]));
        Assert.NotEqual(other.Fingerprint("x"u8), new Scrubber(Readers.Key).Fingerprint("x"u8));
    }

    [Fact]
    public void What_is_scrubbed_once_is_not_scrubbed_again()
    {
        foreach (var line in RealLogs.Permissive().Where(line => line.Length < 50_000))
        {
            var once = Assert.Single(Readers.Read(line));
            Assert.Equal(once.Raw, Assert.Single(Readers.Read(once.Raw)).Raw);
        }
    }

    [Fact]
    public void A_secret_is_found_in_any_order_of_members_and_at_any_depth() =>
        Gen.Select(Gen.Int[0, 5], Gen.Shuffle(new[] { 0, 1, 2, 3 }), Gen.Shuffle(new[] { 0, 1, 2 }), Gen.Int[0, 3])
            .Sample((depth, eventOrder, bodyOrder, strings) =>
            {
                string[] body = ["\"kind\":\"Secret\"", "\"data\":{\"p\":\"hunter2!\"}", "\"metadata\":{\"name\":\"a\"}"];
                var json = Join(body, bodyOrder);
                for (var i = 0; i < depth; i++)
                    json = i % 2 == 0 ? $"[1,{json},null]" : $"{{\"x\":{json}}}";
                for (var i = 0; i < strings; i++)
                    json = $"{{\"s\":{System.Text.Json.JsonSerializer.Serialize(json)}}}";
                string[] parts = ["\"kind\":\"Event\"", "\"verb\":\"create\"", $"\"requestObject\":{json}", "\"objectRef\":{\"resource\":\"pods\"}"];
                var read = Assert.Single(Readers.Read(Join(parts, eventOrder)));
                Assert.DoesNotContain("hunter2!", read.Text, StringComparison.Ordinal);
                Assert.Contains(Fingerprint("hunter2!"), read.Text, StringComparison.Ordinal);
                Assert.Equal(Integrity.Whole, read.Integrity);
            });

    [Fact]
    public void Depth_and_size_of_a_body_are_no_way_around()
    {
        foreach (var hostile in (string[])[new string('[', 100_000), string.Concat(Enumerable.Repeat("{\"a\":", 100_000)), new string('[', 100_000) + "1" + new string(']', 100_000)])
        {
            var json = $"{{\"kind\":\"Event\",\"verb\":\"create\",\"requestObject\":{{\"data\":{{\"p\":\"hunter2!\"}},\"kind\":\"Secret\",\"x\":{hostile}";
            Assert.All(Readers.Read(json), read => Assert.DoesNotContain("hunter2!", read.Text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void More_values_than_are_looked_at_are_scrubbed_as_what_breaks_off()
    {
        var filler = string.Concat(Enumerable.Repeat("0,", (1 << 21) + 10));
        var json = $"{{\"kind\":\"Event\",\"verb\":\"create\",\"objectRef\":{{\"resource\":\"secrets\"}},\"requestObject\":{{\"x\":[{filler}0],\"data\":{{\"p\":\"hunter2!\"}}}}}}";
        Assert.All(Readers.Read(json), read => Assert.DoesNotContain("hunter2!", read.Text, StringComparison.Ordinal));
    }

    private static string Join(string[] parts, int[] order) => "{" + string.Join(',', order.Select(i => parts[i])) + "}";

    private static string Replacement(char mark, string value) => mark switch
    {
        '«' => Fingerprint(Unescaped(value)),
        '‹' => $"\"{Fingerprint(value)}\"",
        '⟨' => $"\\\"{Fingerprint(value)}\\\"",
        _ => $"{Fingerprint(value)}:{Encoding.UTF8.GetByteCount(value)}",
    };

    private static string Unescaped(string value)
    {
        try
        {
            return System.Text.Json.JsonSerializer.Deserialize<string>($"\"{value}\"")!;
        }
        catch (System.Text.Json.JsonException)
        {
            return value;
        }
    }

    private static string Fingerprint(string value) =>
        $"reeve:hmac:{Readers.Key.Fingerprint(Encoding.UTF8.GetBytes(value)):x16}";

    [GeneratedRegex("«[^»]*»|‹[^›]*›|⟨[^⟩]*⟩|⟦[^⟧]*⟧", RegexOptions.None, 1000)]
    private static partial Regex Marks();
}
