using System.Globalization;
using System.Text;
using CsCheck;
using Reeve.Audit.Reading;
using Reeve.Audit.Scrubbing;
using Reeve.Server.Sources;
using Reeve.Server.Sources.Relp;

namespace Reeve.Server.Tests.Sources.Relp;

public sealed class RelpFramerTests
{
    private static readonly Scrubber Scrubber = new(new ScrubKey(new byte[32]));
    private static readonly EventLimits Limits = new() { Event = 100, Kept = 10 };

    private static readonly string[] Pieces = ["1", "9", " ", "\n", "syslog", "open", "\0", "é", "12 syslog 4 ", "a", "3 syslog 200 "];

    private static readonly Gen<(int Transaction, string Data)> Message =
        Gen.Select(Gen.Int[1, 999_999_999], Gen.Int[0, 3].Array[0, 90].Select(picks => string.Concat(picks.Select(pick => "a\n 1"[pick]))));

    [Theory]
    [InlineData("1 open 3 a=b\n", "1 Open a=b")]
    [InlineData("2 syslog 5 <13>a\n3 close 0\n", "2 Syslog <13>a|3 Close ")]
    [InlineData("3 close 0 \n4 close 0\n", "3 Close |4 Close ")]
    [InlineData("999999999 starttls 0\n", "999999999 Other ")]
    [InlineData("7 syslog 3 \n\n\n\n", "7 Syslog \n\n\n")]
    [InlineData("1 syslog 2 abc\n", "Foreign")]
    [InlineData("<13>Nov 23 03:00:46 vm audit: {}\n", "Foreign")]
    [InlineData("1234567890 syslog 1 a\n", "Foreign")]
    [InlineData("1 sys2log 1 a\n", "Foreign")]
    [InlineData("1  syslog 1 a\n", "Foreign")]
    [InlineData("1 syslog 1234567890 a\n", "Foreign")]
    [InlineData("1 syslog\n", "Foreign")]
    [InlineData("1 syslog 3\nabc", "Foreign")]
    [InlineData("1 syslog 999999999 a", "Length")]
    [InlineData("1 abcdefghijklmnopqrstuvwxyzabcdefg 1 a\n", "Foreign")]
    [InlineData("\u0016\u0003\u0001", "Tls")]
    [InlineData("1 syslog 0\n\u0016\u0003\u0001", "1 Syslog |Foreign")]
    [InlineData("1 syslog 4 abc", "")]
    [InlineData("123", "")]
    [InlineData("1 sys", "")]
    public void Frames_are_found_however_the_bytes_arrive(string content, string expected)
    {
        Assert.Equal(expected, string.Join('|', Frame(content, [int.MaxValue]).Select(Text)));
        Assert.Equal(expected, string.Join('|', Frame(content, [1]).Select(Text)));
    }

    [Fact]
    public void Every_message_comes_out_as_it_went_in() =>
        Gen.Select(Message.Array[1, 30], Gen.Int[1, 60].Array[1, 50]).Sample((messages, pieces) =>
        {
            var content = string.Concat(messages.Select(message => Of(message.Transaction, message.Data)));

            Assert.Equal(messages.Select(message => $"{message.Transaction} Syslog {message.Data}"), Frame(content, pieces).Select(Text));
        });

    [Fact]
    public void Of_a_long_one_the_beginning_is_kept_and_the_same_whenever_it_is_sent_again() =>
        Gen.Select(Gen.Char['a', 'e'].Array[101, 400], Gen.Int[1, 500].Array[1, 50]).Sample((text, pieces) =>
        {
            var data = new string(text);
            var content = Of(1, data) + Of(2, "next");

            var frames = Frame(content, pieces);

            Assert.Equal(["1 Syslog " + data[..10], "2 Syslog next"], frames.Select(Text));
            Assert.Equal(data.Length - 10, frames[0].Tail.Bytes);
            Assert.Equal(frames[0].Tail, Frame(content, [int.MaxValue])[0].Tail);
        });

    [Fact]
    public void Nonsense_never_throws() =>
        Gen.Select(Gen.OneOf(Pieces.Select(Gen.Const).ToArray()).Array[0, 60], Gen.Int[1, 100].Array[1, 20])
            .Sample((content, pieces) => Frame(string.Concat(content), pieces).Count >= 0);

    private static string Of(int transaction, string data) =>
        string.Create(CultureInfo.InvariantCulture, $"{transaction} syslog {data.Length}{(data.Length == 0 ? "" : " ")}{data}\n");

    private static string Text((RelpFrame Frame, string Data, RecordTail Tail) read) =>
        read.Frame.Fault != RelpFault.None ? read.Frame.Fault.ToString() : $"{read.Frame.Transaction} {read.Frame.Command} {read.Data}";

    private static List<(RelpFrame Frame, string Data, RecordTail Tail)> Frame(string text, int[] pieces)
    {
        var content = Encoding.Latin1.GetBytes(text);
        using var framer = new RelpFramer(Limits, Scrubber);
        var frames = new List<(RelpFrame, string, RecordTail)>();
        for (int at = 0, turn = 0; at < content.Length; turn++)
        {
            var memory = framer.GetMemory();
            var count = Math.Min(Math.Min(pieces[turn % pieces.Length], content.Length - at), memory.Length);
            content.AsMemory(at, count).CopyTo(memory);
            framer.Advance(count);
            at += count;
            while (framer.TryRead(out var frame))
            {
                frames.Add((frame, Encoding.Latin1.GetString(frame.Data.Span), frame.Tail));
                if (frame.Fault != RelpFault.None)
                    return frames;
            }
        }

        return frames;
    }
}
