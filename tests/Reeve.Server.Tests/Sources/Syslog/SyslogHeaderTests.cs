using System.Text;
using CsCheck;
using Reeve.Server.Sources.Syslog;

namespace Reeve.Server.Tests.Sources.Syslog;

public sealed class SyslogHeaderTests
{
    private static readonly Gen<string> Pieces = Gen.OneOf(new[]
    {
        "<", ">", "13", "1", " ", "-", "Nov 23 03:00:46", "2026-11-23T03:03:18Z", "vm", "audit:", "[", "]", "\"", "\\", "{\"", "}", "=", "\uFEFF", "é", "x",
    }.Select(Gen.Const).ToArray());

    public static TheoryData<string, string> Cases() => CaseTable.Two("Reeve.Server.Tests", "Sources", "Syslog", "headers.txt");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Host_tag_and_message_are_found(string frame, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(frame);

        var header = SyslogHeader.Of(bytes);

        Assert.Equal(expected, $"{Text(bytes[header.Host])}|{Text(bytes[header.Tag])}|{Text(bytes[header.Message..])}");
    }

    [Theory]
    [InlineData("<182>1 2026-11-23T03:01:58.146862+01:00 vm audit - - - {}", "2026-11-23T02:01:58.1468620Z")]
    [InlineData("<182>2026-11-23T03:03:18.672708+00:00 vm audit: {}", "2026-11-23T03:03:18.6727080Z")]
    [InlineData("<182>Nov 23 03:00:46 vm audit: {}", null)]
    [InlineData("<182>1 - vm audit - - - {}", null)]
    [InlineData("{}", null)]
    public void A_time_with_year_and_zone_is_known(string frame, string? expected) =>
        Assert.Equal(expected, SyslogHeader.Of(Encoding.UTF8.GetBytes(frame)).SentAt?.ToString("O"));

    [Fact]
    public void Byte_order_mark_before_the_message_belongs_to_it() =>
        Assert.Equal("\uFEFF{}", Text(MessageOf("<182>1 2026-11-23T03:01:58Z vm audit - - - \uFEFF{}")));

    [Fact]
    public void Names_that_are_too_long_are_none()
    {
        var longName = new string('x', 300);

        var header = SyslogHeader.Of(Encoding.UTF8.GetBytes($"<13>Nov 23 03:00:46 {longName} audit: {{\"a\":1}}"));

        Assert.True(header.IsAnonymous);
    }

    [Fact]
    public void Any_bytes_have_a_message_that_begins_behind_host_and_tag() =>
        Pieces.Array[0, 30].Sample(pieces => CheckInside(Encoding.UTF8.GetBytes(string.Concat(pieces))));

    [Fact]
    public void Random_bytes_have_a_message_too() => Gen.Byte.Array[0, 200].Sample(CheckInside);

    private static void CheckInside(byte[] frame)
    {
        var header = SyslogHeader.Of(frame);

        Assert.InRange(header.Message, 0, frame.Length);
        Assert.InRange(header.Host.GetOffsetAndLength(frame.Length).Offset + header.Host.GetOffsetAndLength(frame.Length).Length, 0, header.Message);
        Assert.InRange(header.Tag.GetOffsetAndLength(frame.Length).Offset + header.Tag.GetOffsetAndLength(frame.Length).Length, 0, header.Message);
    }

    private static byte[] MessageOf(string frame)
    {
        var bytes = Encoding.UTF8.GetBytes(frame);
        return bytes[SyslogHeader.Of(bytes).Message..];
    }

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
