using System.Text;
using CsCheck;
using Reeve.Audit.Reading;
using Reeve.Audit.Scrubbing;
using Reeve.Server.Sources;
using Reeve.Server.Sources.Files;

namespace Reeve.Server.Tests.Sources;

public sealed class LineFramerTests
{
    private static readonly EventLimits Limits = new() { Event = 100, Kept = 10 };
    private static readonly Scrubber Scrubber = new(new ScrubKey(new byte[32]));

    private static readonly Gen<byte[]> Content =
        Gen.Frequency((10, Gen.Const((byte)'\n')), (90, Gen.Byte.Where(value => value is not ((byte)'{' or (byte)'[')))).Array[0, 2_000];

    [Fact]
    public void Lines_are_those_of_a_plain_split_however_the_bytes_arrive() =>
        Gen.Select(Content, Gen.Int[1, 500].Array[1, 50]).Sample((content, pieces) =>
        {
            var framed = Frame(content, pieces);

            var lines = Split(content).ToList();
            Assert.Equal(lines.Count, framed.Count);
            Assert.All(framed.Zip(lines), pair => Assert.Equal(
                pair.First.Tail.Bytes == 0 ? pair.Second : pair.Second[..Limits.Kept], pair.First.Bytes));
            Assert.All(framed.Where(line => line.Tail.Bytes > 0), line => Assert.True(line.Length > Limits.Event));
            Assert.All(framed, line => AssertTail(content, line));
            Assert.Equal(content.Length, framed.Sum(line => line.Length));
        });

    [Theory]
    [InlineData("{\n  \"a\": {\n  }\n}\n{\"b\":1}\n", "{\n  \"a\": {\n  }\n}|{\"b\":1}")]
    [InlineData("\uFEFF[\r\n  {\r\n  }\r\n]\r\nx\n", "\uFEFF[\r\n  {\r\n  }\r\n]\r|x")]
    [InlineData("{\n}\n{\n}\n", "{\n}|{\n}")]
    [InlineData("{\n{\"a\":1}\n", "{|{\"a\":1}")]
    [InlineData("{\n  \"a\": 1\nplain\nline\n", "{|  \"a\": 1|plain|line")]
    [InlineData("[\n{\"a\":1},\n{\"b\":1}\n]\n", "[|{\"a\":1},|{\"b\":1}|]")]
    [InlineData("{\n  \"a\": 1,\n  \"cut\"", "{\n  \"a\": 1,\n  \"cut\"")]
    [InlineData("{\n  \"a\": 1\n}", "{\n  \"a\": 1\n}")]
    public void Json_over_several_lines_is_one_record_and_lines_stay_lines(string content, string records)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        foreach (var piece in (int[])[1, 3, 1_000])
        {
            var framed = Frame(bytes, [piece]);
            Assert.Equal(records, string.Join('|', framed.Select(record => Encoding.UTF8.GetString(record.Bytes))));
            Assert.Equal(bytes.Length, framed.Sum(record => record.Length));
        }
    }

    [Fact]
    public void Json_over_more_lines_than_a_record_may_be_long_is_read_by_lines()
    {
        var inner = string.Concat(Enumerable.Repeat("  \"a\": 1,\n", 30));
        var framed = Frame(Encoding.UTF8.GetBytes($"{{\n{inner}}}\n"), [7]);
        Assert.Equal(32, framed.Count);
        Assert.All(framed, record => Assert.Equal(0, record.Tail.Bytes));
    }

    [Fact]
    public void Endless_line_takes_no_more_memory_than_the_limit()
    {
        var framer = new LineFramer(new() { Event = 1024 * 1024, Kept = 1024 }, Scrubber);
        for (var i = 0; i < 1_000; i++)
        {
            var memory = framer.GetMemory();
            Assert.InRange(memory.Length, 1, 4 * 1024 * 1024);
            memory.Span.Fill((byte)'x');
            framer.Advance(memory.Length);
            Assert.False(framer.TryRead(out _));
        }

        Assert.True(framer.TryTakeRest(out var line));
        Assert.Equal(1024, line.Bytes.Length);
        Assert.Equal(line.Length, line.Bytes.Length + line.Tail.Bytes);
    }

    private static void AssertTail(byte[] content, (byte[] Bytes, RecordTail Tail, long Start, long Length) line)
    {
        var all = content.AsSpan((int)line.Start, (int)line.Length);
        var omitted = all.TrimEnd((byte)'\n')[line.Bytes.Length..];
        Assert.Equal(omitted.Length, line.Tail.Bytes);
        if (line.Tail.Bytes > 0)
            Assert.Equal(Scrubber.Fingerprint(omitted), line.Tail.Fingerprint);
    }

    private static List<(byte[] Bytes, RecordTail Tail, long Start, long Length)> Frame(byte[] content, int[] pieces)
    {
        using var framer = new LineFramer(Limits, Scrubber);
        var lines = new List<(byte[], RecordTail, long, long)>();
        long start = 0;
        var piece = 0;
        for (var at = 0; at < content.Length;)
        {
            var memory = framer.GetMemory();
            var count = Math.Min(Math.Min(memory.Length, pieces[piece++ % pieces.Length]), content.Length - at);
            content.AsSpan(at, count).CopyTo(memory.Span);
            framer.Advance(count);
            at += count;
            while (framer.TryRead(out var line))
                Add(line);
        }

        if (framer.TryTakeRest(out var rest))
            Add(rest);
        return lines;

        void Add(FramedRecord line)
        {
            lines.Add((line.Bytes.ToArray(), line.Tail, start, line.Length));
            start += line.Length;
        }
    }

    // A line that is a little too long may arrive whole: the reader cuts it. One of more than a read too much never does.
    private static IEnumerable<byte[]> Split(byte[] content)
    {
        var pieces = Encoding.Latin1.GetString(content).Split('\n');
        return (pieces[^1].Length == 0 ? pieces[..^1] : pieces).Select(Encoding.Latin1.GetBytes);
    }
}
