using System.Text;
using CsCheck;
using Reeve.Server.Sources.Demo;

namespace Reeve.Server.Tests.Sources.Demo;

public sealed class SampleLogTests
{
    [Fact]
    public void Time_is_written_as_exactly_as_it_was()
    {
        Gen.Select(Gen.DateTime[new DateTime(2000, 1, 1), new DateTime(2100, 1, 1)], Gen.Int[0, 7]).Sample((time, digits) =>
        {
            var utc = DateTime.SpecifyKind(time, DateTimeKind.Utc);
            var form = digits == 0 ? "yyyy-MM-ddTHH:mm:ssZ" : $"yyyy-MM-ddTHH:mm:ss.{new string('f', digits)}Z";
            var text = Encoding.ASCII.GetBytes(utc.ToString(form));
            Assert.True(TimeText.TryParse(text, out var read));

            var over = Encoding.ASCII.GetBytes(DateTime.UnixEpoch.ToString(form));
            TimeText.Write(over, read);

            Assert.Equal(DateTimeKind.Utc, read.Kind);
            Assert.Equal(text, over);
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("Z")]
    [InlineData("2026-11-23")]
    [InlineData("2026-11-23T03:14:33+02:00")]
    [InlineData("2026-13-23T03:14:33Z")]
    [InlineData("2026-11-23T03:14:33.12345678901Z")]
    [InlineData("tomorrow, perhaps, at noonZ")]
    public void What_is_no_time_is_left_alone(string text) => Assert.False(TimeText.TryParse(Encoding.ASCII.GetBytes(text), out _));

    [Fact]
    public void Own_fields_are_found_and_nothing_that_only_looks_like_them()
    {
        const string Line = """
            {"auditID":"0b6a3d5e-0000-4000-8000-000000000001","user":{"uid":"0b6a3d5e-0000-4000-8000-000000000002"},"objectRef":{"uid":"0b6a3d5e-0000-4000-8000-000000000003"},"requestObject":{"note":"2026-11-23T03:14:33Z","name":"0b6a3d5e-0000-4000-8000-000000000004","uid":"not one","metadata":{"creationTimestamp":"2026-11-23T03:14:33Z"}},"requestReceivedTimestamp":"2026-11-23T03:14:33.000001Z","stageTimestamp":"2026-11-23T03:14:33.000002Z"}
            """;

        var found = SampleFields.Find(Encoding.UTF8.GetBytes(Line)).Select(field => Line.Substring(field.Offset, field.Length));

        Assert.Equal(
            ["0b6a3d5e-0000-4000-8000-000000000001", "0b6a3d5e-0000-4000-8000-000000000003", "2026-11-23T03:14:33Z", "2026-11-23T03:14:33.000001Z", "2026-11-23T03:14:33.000002Z"],
            found);
    }

    [Fact]
    public void A_damaged_sample_is_named()
    {
        var line = DemoSamples.Logs.Values.First().Events[0].Line;
        Gen.Select(Gen.Int[0, line.Length - 1], Gen.Byte, Gen.Bool).Sample((at, value, cut) =>
        {
            var damaged = cut ? line[..at] : [.. line[..at], value, .. line[(at + 1)..]];
            try
            {
                Assert.NotEmpty(SampleLog.Parse(damaged, "damaged").Fields);
            }
            catch (InvalidDataException refused)
            {
                Assert.Contains("damaged", refused.Message, StringComparison.Ordinal);
            }
        });
    }
}
