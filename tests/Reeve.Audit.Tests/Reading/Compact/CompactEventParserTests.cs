using System.Text;
using CsCheck;
using Reeve.Audit.Reading;
using Reeve.Audit.Reading.Compact;

namespace Reeve.Audit.Tests.Reading.Compact;

/// <summary>The fast way reads what the tolerant one reads, or leaves it to it.</summary>
public sealed class CompactEventParserTests
{
    [Fact]
    public void Nearly_every_event_of_a_real_apiserver_goes_the_fast_way_and_says_the_same()
    {
        var lines = RealLogs.Permissive();
        var fast = 0;
        foreach (var line in lines)
        {
            var tolerant = Tolerant(line, out var end);
            if (TryCompact(line) is not { } compact)
                continue;
            fast++;
            Assert.Equal((tolerant, end), compact);
        }

        // Only what needs unescaping in a list, such as a group with a quote, is left.
        Assert.True(fast > lines.Count * 0.99, $"{fast} of {lines.Count}");
    }

    [Fact]
    public void Damage_outside_the_bodies_is_seen_as_the_tolerant_way_sees_it()
    {
        var lines = RealLogs.Permissive().Where((line, i) => i % 5 == 0 && line.Length < 8_000).ToArray();
        Gen.Select(Gen.Int[0, lines.Length - 1], Gen.Int[0, 8_000], Gen.OneOf(Gen.Byte, Gen.Const((byte)'"'), Gen.Const((byte)','), Gen.Const((byte)'}'), Gen.Const((byte)'\\')), Gen.Int[0, 3])
            .Sample(
                (index, at, value, kind) =>
                {
                    var damaged = Damage(lines[index], at, value, kind);
                    if (!System.Text.Unicode.Utf8.IsValid(damaged) || TryCompact(damaged) is not { } compact)
                        return;
                    var tolerant = Tolerant(damaged, out var end);
                    // Inside a body brackets are counted and words not judged: the tolerant way may say that it breaks off there.
                    if (end == compact.End)
                        Assert.Equal(tolerant, compact.Values);
                    else
                        Assert.True(IsInsideSteppedOver(damaged, end), Encoding.UTF8.GetString(damaged));
                },
                iter: 50_000);
    }

    [Fact]
    public void What_follows_an_event_does_not_belong_to_it()
    {
        foreach (var line in RealLogs.Permissive().Where((_, i) => i % 50 == 0))
        {
            byte[] two = [.. line, .. line];
            Assert.Equal(line.Length, TryCompact(two)?.End);
            Assert.Null(TryCompact(line[..^1]));
        }
    }

    [Theory]
    [InlineData("""{"level":"Metadata","auditID":"1","verb":"get"}""", true)]
    [InlineData("""{"level":"Metadata","auditID":"1","verb":"get",}""", false)]
    [InlineData("""{"level":"Metadata""auditID":"1","verb":"get"}""", false)]
    [InlineData("""{"level":"Metadata","verb":"get","verb":"list"}""", false)]
    [InlineData("""{"level":"Metadata","verb":"get","user":{"username":"a",}}""", false)]
    [InlineData("""{"level":"Metadata","verb":"get","sourceIPs":["a",]}""", false)]
    [InlineData("""{"level":"Metadata","verb":"get","sourceIPs":[]}""", true)]
    [InlineData("""{"level":"Metadata","verb":"get","requestObject":{"a":"b{"kind":"Event"}}""", false)]
    [InlineData("""{"level":"Metadata","verb":"get","requestObject":{"a":"b\\\\","c":["{","]\"}"]}}""", true)]
    [InlineData("""{"level":"Metadata","verb":"get","requestObject":"text"}""", false)]
    [InlineData("""{"level":"Metadata","verb":"get","responseStatus":{"metadata":{},"code":20}}""", false)]
    [InlineData("""{"level":"Metadata","verb":"get","responseStatus":{"metadata":{},"code":2000}}""", false)]
    [InlineData("""{"level":"Metadata","verb":"get","stageTimestamp":"2026-11-23T03:16:19.587499Z"}""", true)]
    [InlineData("""{"level":"Metadata","verb":"get","stageTimestamp":"2026-11-23T03:16:19Z"}""", false)]
    [InlineData("""{"level":"Metadata","verb":"get","stageTimestamp":"2026-13-23T03:16:19.587499Z"}""", false)]
    [InlineData("""{"level":"Metadata","verb":"get","stageTimestamp":"2026-11-23T24:16:19.587499Z"}""", false)]
    [InlineData("""{"level":"Metadata","verb":"get","annotations":{"a":"b","c":"\"d\""}}""", true)]
    [InlineData("""{"level":"Metadata","verb":"get","annotations":{"a":1}}""", false)]
    [InlineData("""{"level":"Metadata", "verb":"get"}""", false)]
    [InlineData("""{"level":"Metadata","verb":"get","new":1}""", false)]
    public void Only_the_apiservers_own_form_goes_the_fast_way(string json, bool goes) =>
        Assert.Equal(goes ? json.Length : null, TryCompact(Encoding.UTF8.GetBytes(json))?.End);

    private static (string Values, int End)? TryCompact(byte[] json)
    {
        // What stands behind the event must not matter.
        byte[] padded = [.. json, .. Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("\",\"verb\":\"get\"}]\\", CompactBytes.Slack / 4)))];
        var into = new AuditEvent();
        into.Reset(padded.AsMemory(0, json.Length));
        var end = new CompactEventParser().TryParse(into);
        if (end == 0)
            return null;
        into.Narrow(end);
        return (EventCopy.Of(into).Values, end);
    }

    private static string Tolerant(byte[] json, out int end)
    {
        var into = new AuditEvent();
        end = new EventParser().ParseTolerantly(json, validUtf8: true, into).End;
        return EventCopy.Of(into).Values;
    }

    private static byte[] Damage(byte[] line, int at, byte value, int kind)
    {
        at %= line.Length;
        return kind switch
        {
            0 => [.. line[..at], value, .. line[(at + 1)..]],
            1 => [.. line[..at], value, .. line[at..]],
            2 => [.. line[..at], .. line[(at + 1)..]],
            _ => line[..at],
        };
    }

    private static bool IsInsideSteppedOver(byte[] json, int at)
    {
        var before = Encoding.UTF8.GetString(json.AsSpan(0, at));
        return new[] { "\"requestObject\":", "\"responseObject\":", "\"extra\":{", "\"details\":{", "\"metadata\":{" }
            .Any(name => before.Contains(name, StringComparison.Ordinal));
    }
}
