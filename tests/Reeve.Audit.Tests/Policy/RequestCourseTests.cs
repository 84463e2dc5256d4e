using System.Text.Json;
using Reeve.Audit.Policy;
using Reeve.Testing;

namespace Reeve.Audit.Tests.Policy;

/// <summary>The cases of kubernetes/apiserver's own tests.</summary>
public sealed class RequestCourseTests
{
    [Fact]
    public void The_stages_of_a_request_are_the_apiservers()
    {
        using var cases = JsonDocument.Parse(File.ReadAllText(Repository.Shared("data", "cases", "stage-cases.json")));
        var count = 0;
        foreach (var each in cases.RootElement.GetProperty("stageCases").EnumerateArray())
        {
            var handler = each.GetProperty("handler").GetString()!;
            var course = new RequestCourse(
                each.GetProperty("longRunning").GetBoolean(),
                handler.Contains("w.Write", StringComparison.Ordinal),
                handler.Contains("WriteHeader(403)", StringComparison.Ordinal) ? 403 : 200,
                handler.Contains("panic(", StringComparison.Ordinal));
            var omitted = each.GetProperty("omitStages").EnumerateArray().Select(stage => Enum.Parse<AuditStages>(stage.GetString()!)).Aggregate(AuditStages.None, (all, stage) => all | stage);
            var expected = each.GetProperty("expectedEvents").EnumerateArray().Select(expected =>
                (Enum.Parse<AuditStages>(expected.GetProperty("stage").GetString()!), expected.GetProperty("responseCode") is { ValueKind: JsonValueKind.Number } code ? code.GetInt32() : 0));

            Assert.True(expected.SequenceEqual(course.Events(omitted)), each.GetProperty("id").GetString());
            count++;
        }

        Assert.Equal(18, count);
    }

    [Theory]
    [InlineData(AuditLevel.None, 0, 0, BackendTruncation.Whole)]
    [InlineData(AuditLevel.Request, 102_400, 90_000, BackendTruncation.Whole)]
    [InlineData(AuditLevel.Request, 102_401, 90_000, BackendTruncation.WithoutBodies)]
    [InlineData(AuditLevel.RequestResponse, 300_000, 100_000, BackendTruncation.Dropped)]
    [InlineData(AuditLevel.Metadata, 102_401, 0, BackendTruncation.Dropped)]
    public void What_is_too_large_loses_its_bodies_and_then_itself(AuditLevel level, long bytes, long bodyBytes, BackendTruncation expected) =>
        Assert.Equal(expected, BackendTruncations.Of(level, bytes, bodyBytes));
}
