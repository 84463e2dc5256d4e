using System.Text;
using Reeve.Audit.Reading;
using Reeve.Audit.Scrubbing;

namespace Reeve.Audit.Tests.Scrubbing;

public sealed class DeclaredPathsTests
{
    [Theory]
    [InlineData("requestObject.spec.license", """{"spec":{"license":"x1"}}""", true)]
    [InlineData("requestObject.spec.license", """{"spec":{"license":42}}""", true)]
    [InlineData("requestObject.spec.license", """{"spec":{"license":{"a":["x1"]}}}""", true)]
    [InlineData("requestObject.spec.users.pin", """{"spec":{"users":[{"pin":"x1"},[{"pin":"x2"}]]}}""", true)]
    [InlineData("requestObject.spec.lic.key/v1", """{"spec":{"lic.key/v1":"x1"}}""", true)]
    [InlineData("requestObject.spec.license", """{"spec":{"l\u0069cense":"x1"}}""", true)]
    [InlineData("requestObject.spec.license", """{"spec":{"inner":{"license":"x1"}}}""", false)]
    [InlineData("requestObject.spec.license", """{"license":"x1"}""", false)]
    [InlineData("spec.license", """{"spec":{"license":"x1"}}""", false)]
    [InlineData("requestObject.spec.license", """{"spec":{"mylicense":"x1"}}""", false)]
    public void Values_at_declared_paths_are_scrubbed(string path, string body, bool isScrubbed)
    {
        var read = Assert.Single(Read(path, Event(body)));
        Assert.Equal(isScrubbed, read.Text != Event(body));
        Assert.Equal(!isScrubbed, read.Text.Contains("x1", StringComparison.Ordinal) || read.Text.Contains("42", StringComparison.Ordinal));
        Assert.Equal(isScrubbed, read.Marks.HasFlag(EventMarks.SecretMaterial));
    }

    [Fact]
    public void Values_at_declared_paths_are_scrubbed_where_an_event_breaks_off()
    {
        foreach (var body in (string[])["""{"spec":{"license":"x1y2z3q4""", """{"spec":{"license":{"a":"x1y2z3q4"""])
        {
            var text = Assert.Single(Read("requestObject.spec.license", Event(body).Split("}")[0])).Text;
            Assert.DoesNotContain("x1y2", text, StringComparison.Ordinal);
        }
    }

    private static string Event(string body) => $"{{\"kind\":\"Event\",\"verb\":\"create\",\"requestURI\":\"/x\",\"requestObject\":{body}}}";

    private static List<EventCopy> Read(string path, string record)
    {
        var sink = new CollectingSink();
        new EventReader(new Scrubber(Readers.Key, new DeclaredPaths([path])), new EventLimits()).Read(Encoding.UTF8.GetBytes(record), sink);
        return sink.Events;
    }
}
