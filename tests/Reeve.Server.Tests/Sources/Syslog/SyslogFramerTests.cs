using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Reeve.Audit.Reading;
using Reeve.Audit.Scrubbing;
using Reeve.Server.Sources;
using Reeve.Server.Sources.Syslog;

namespace Reeve.Server.Tests.Sources.Syslog;

public sealed partial class SyslogFramerTests
{
    private static readonly Scrubber Scrubber = new(new ScrubKey(new byte[32]));
    private static readonly EventLimits Limits = new() { Event = 10_000, Kept = 100 };

    // Lines, counted frames and nonsense that looks like either.
    private static readonly Gen<byte[]> Content = Gen.OneOf(
        Gen.OneOf(new[] { "<13>", "1", "2", "12 <13>", "5 <1>", "<", ">", " ", "\n", "\0", "\r", "z", "x\u009c", "{\"a\":1}", "é", "0", "99999999999 <13>" }.Select(Gen.Const).ToArray()),
        Gen.Char['a', 'e'].Array[0, 40].Select(text => $"{text.Length + 4} <13>{new string(text)}"),
        Gen.Char['a', 'e'].Array[0, 40].Select(text => $"<13>{new string(text)}\n"))
        .Array[0, 60].Select(pieces => Encoding.Latin1.GetBytes(string.Concat(pieces)));

    public static TheoryData<string, string> Cases() => CaseTable.Two("Reeve.Server.Tests", "Sources", "Syslog", "frames.txt");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Frames_are_found(string content, string expected)
    {
        var frames = Frame(Bytes(content), Limits, [int.MaxValue]);

        Assert.Equal(expected, string.Join('|', frames.Select(frame => Mark(frame) + Escaped(frame.Bytes))));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Frames_are_the_same_when_they_come_byte_by_byte(string content, string expected)
    {
        var frames = Frame(Bytes(content), Limits, [1]);

        Assert.Equal(expected, string.Join('|', frames.Select(frame => Mark(frame) + Escaped(frame.Bytes))));
    }

    [Fact]
    public void Frames_are_the_same_however_the_bytes_arrive() =>
        Gen.Select(Content, Gen.Int[1, 100].Array[1, 50]).Sample((content, pieces) =>
            Assert.Equal(Describe(Frame(content, Limits, [int.MaxValue])), Describe(Frame(content, Limits, pieces))));

    [Fact]
    public void Between_frames_stand_only_lengths_line_breaks_spaces_and_zeros() => Content.Sample(content =>
    {
        var rest = Encoding.Latin1.GetString(content);
        foreach (var frame in Frame(content, Limits, [int.MaxValue]))
        {
            if (frame.Fault is SyslogFault.Compressed or SyslogFault.Tls)
                return;
            var text = Encoding.Latin1.GetString(frame.Bytes);
            rest = rest.TrimStart('\n', '\r', ' ', '\0');
            if (!rest.StartsWith(text, StringComparison.Ordinal))
                rest = Count().Replace(rest, "", 1);
            Assert.StartsWith(text, rest, StringComparison.Ordinal);
            rest = rest[text.Length..];
        }

        Assert.Empty(Count().Replace(rest.Trim('\n', '\r', ' ', '\0'), ""));
    });

    [Fact]
    public void Random_bytes_never_throw() => Gen.Select(Gen.Byte.Array[0, 5_000], Gen.Int[1, 1_000].Array[1, 20])
        .Sample((content, pieces) => Frame(content, new() { Event = 200, Kept = 20 }, pieces).Count >= 0);

    [Fact]
    public void Of_a_long_frame_the_beginning_is_kept_and_the_rest_counted_and_fingerprinted() =>
        Gen.Select(Gen.Char['a', 'e'].Array[1, 350], Gen.Bool, Gen.Int[1, 100].Array[1, 50]).Sample((text, isCounted, pieces) =>
        {
            var limits = new EventLimits { Event = 100, Kept = 10 };
            var frame = $"<13>{new string(text)}";
            var framed = Frame(Encoding.Latin1.GetBytes((isCounted ? $"{frame.Length} {frame}" : frame + "\n") + "<14>next\n"), limits, pieces);

            Assert.Equal(2, framed.Count);
            Assert.Equal("<14>next", Encoding.Latin1.GetString(framed[1].Bytes));
            var kept = framed[0].Bytes;
            Assert.Equal(frame.Length > limits.Event ? limits.Kept : frame.Length, kept.Length);
            Assert.Equal(frame.Length, kept.Length + framed[0].Tail.Bytes);
            Assert.Equal(frame[..kept.Length], Encoding.Latin1.GetString(kept));
            if (framed[0].Tail.Bytes > 0)
                Assert.Equal(Scrubber.Fingerprint(Encoding.Latin1.GetBytes(frame[kept.Length..])), framed[0].Tail.Fingerprint);
        });

    [Theory]
    [InlineData("<13>")]
    [InlineData("60000000 <13>")]
    [InlineData("9999999999 <13>")]
    public void Endless_frame_takes_no_more_memory_than_the_limit(string beginning)
    {
        using var framer = new SyslogFramer(new() { Event = 16 << 20, Kept = 256 << 10 }, Scrubber);
        var most = 0;
        Feed(framer, Encoding.Latin1.GetBytes(beginning));
        for (var fed = 0L; fed < 30 << 20;)
        {
            var memory = framer.GetMemory();
            most = Math.Max(most, memory.Length);
            memory.Span.Fill((byte)'x');
            framer.Advance(memory.Length);
            fed += memory.Length;
            Assert.False(framer.TryRead(out _));
        }

        Assert.InRange(most, 1, 32 << 20);
        Assert.True(framer.TryTakeRest(out var frame));
        Assert.True(frame.IsPartial);
        Assert.Equal(256 << 10, frame.Bytes.Length);
    }

    [Fact]
    public void Long_frames_of_many_connections_share_the_memory_and_give_it_back()
    {
        var limits = new EventLimits { Event = 16 << 20, Kept = 256 << 10 };
        var allowance = new MemoryAllowance(10 << 20);
        var long5 = Encoding.Latin1.GetBytes("<13>" + new string('x', 5 << 20));
        var line = Encoding.Latin1.GetBytes("\n<14>next\n");
        using var first = new SyslogFramer(limits, Scrubber, allowance);
        using var second = new SyslogFramer(limits, Scrubber, allowance);
        Fill(first, long5);
        Fill(second, long5);
        Assert.InRange(allowance.Left, 0, 3 << 20);

        var whole = Fill(first, line);
        var cut = Fill(second, line);

        Assert.Equal([long5.Length, 8], whole.Select(frame => frame.Bytes));
        Assert.Equal([limits.Kept, 8], cut.Select(frame => frame.Bytes));
        Assert.Equal([long5.Length - limits.Kept, 0], cut.Select(frame => frame.Tail.Bytes));
        Assert.Equal(Scrubber.Fingerprint(long5.AsSpan(limits.Kept)), cut[0].Tail.Fingerprint);
        first.Release();
        second.Release();
        Assert.Equal(10 << 20, allowance.Left);
        Fill(second, long5);
        Assert.Equal([long5.Length, 8], Fill(second, line).Select(frame => frame.Bytes));
        second.Dispose();
        Assert.Equal(10 << 20, allowance.Left);
    }

    [Fact]
    public void Frame_below_a_small_limit_is_whole_where_no_memory_is_left_for_long_ones()
    {
        using var framer = new SyslogFramer(new() { Event = 60 << 10 }, Scrubber, new MemoryAllowance(0));

        var frames = Fill(framer, Encoding.Latin1.GetBytes("<13>" + new string('x', 40 << 10)));
        frames.AddRange(Fill(framer, Encoding.Latin1.GetBytes(new string('y', 10 << 10) + "\n")));

        Assert.Equal([(4 + (50 << 10), default(RecordTail))], frames);
    }

    private static List<(int Bytes, RecordTail Tail)> Fill(SyslogFramer framer, ReadOnlySpan<byte> content)
    {
        var frames = new List<(int, RecordTail)>();
        while (!content.IsEmpty)
        {
            var memory = framer.GetMemory();
            var count = Math.Min(memory.Length, content.Length);
            content[..count].CopyTo(memory.Span);
            framer.Advance(count);
            content = content[count..];
            while (framer.TryRead(out var frame))
                frames.Add((frame.Bytes.Length, frame.Tail));
        }

        return frames;
    }

    private static void Feed(SyslogFramer framer, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(framer.GetMemory().Span);
        framer.Advance(bytes.Length);
        Assert.False(framer.TryRead(out _));
    }

    private static List<(byte[] Bytes, RecordTail Tail, bool IsPartial, SyslogFault Fault)> Frame(byte[] content, EventLimits limits, int[] pieces)
    {
        using var framer = new SyslogFramer(limits, Scrubber);
        var frames = new List<(byte[], RecordTail, bool, SyslogFault)>();
        for (int at = 0, piece = 0; at < content.Length; piece++)
        {
            var memory = framer.GetMemory();
            var count = Math.Min(Math.Min(memory.Length, pieces[piece % pieces.Length]), content.Length - at);
            content.AsSpan(at, count).CopyTo(memory.Span);
            framer.Advance(count);
            at += count;
            while (framer.TryRead(out var frame))
            {
                frames.Add((frame.Bytes.ToArray(), frame.Tail, frame.IsPartial, frame.Fault));
                if (frame.Fault is SyslogFault.Compressed or SyslogFault.Tls)
                    return frames;
            }
        }

        if (framer.TryTakeRest(out var rest))
            frames.Add((rest.Bytes.ToArray(), rest.Tail, rest.IsPartial, rest.Fault));
        return frames;
    }

    private static string Describe(IEnumerable<(byte[] Bytes, RecordTail Tail, bool IsPartial, SyslogFault Fault)> frames) =>
        string.Join('|', frames.Select(frame => Mark(frame) + Escaped(frame.Bytes)));

    private static string Mark((byte[] Bytes, RecordTail Tail, bool IsPartial, SyslogFault Fault) frame) => frame switch
    {
        { Fault: SyslogFault.Compressed } => "#",
        { Fault: SyslogFault.Tls } => "%",
        { Fault: SyslogFault.Length } => "!",
        { IsPartial: true } => "~",
        _ => "",
    };

    private static byte[] Bytes(string content) => Encoding.Latin1.GetBytes(Escape().Replace(
        Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(content)), escape => escape.Value switch
        {
            "\\n" => "\n",
            "\\r" => "\r",
            "\\0" => "\0",
            var hex => ((char)byte.Parse(hex.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString(),
        }));

    private static string Escaped(byte[] bytes) => string.Concat(bytes.Select(value => value switch
    {
        (byte)'\n' => "\\n",
        (byte)'\r' => "\\r",
        0 => "\\0",
        > 0x7E or < 0x20 => $"\\x{value:X2}",
        _ => ((char)value).ToString(),
    }));

    [GeneratedRegex(@"\\(n|r|0|x[0-9A-F]{2})", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Escape();

    [GeneratedRegex("^[1-9][0-9]* ", RegexOptions.NonBacktracking)]
    private static partial Regex Count();
}
