using System.Text.Json;
using Reeve.Audit.Policy;
using Reeve.Detection.Policy.Reading;
using Reeve.Detection.Policy.Writing;

namespace Reeve.Detection.Tests.Policy;

public sealed class PolicyWriterTests
{
    [Fact]
    public void What_is_written_reads_back_whatever_the_names()
    {
        string[] names = ["a", "", "yes", "7", "#", "a: b", "\"q\"", "\\", "é", "line\nend", "\t", "- x", "*", "&a", "{", "%", "@", "\u2028", "system:serviceaccount:a:b"];
        var policy = new AuditPolicy
        {
            OmitStages = AuditStages.RequestReceived | AuditStages.Panic,
            OmitManagedFields = true,
            Rules =
            [
                new() { Level = AuditLevel.None, Users = [.. names], UserGroups = [.. names], Verbs = [.. names], Namespaces = [.. names], OmitManagedFields = false },
                new() { Level = AuditLevel.Request, Resources = [new() { Resources = [.. names], ResourceNames = [.. names] }, new() { Group = "apps" }], OmitStages = AuditStages.ResponseStarted },
                new() { Level = AuditLevel.Metadata, NonResourceUrls = ["/a b", "/é*", "*"] },
                new() { Level = AuditLevel.RequestResponse, OmitManagedFields = true },
            ],
        };

        var text = PolicyWriter.Write(policy, "A head\nof two lines", new Dictionary<int, string> { [1] = "A comment" });

        var reading = PolicyReader.Read("p.yaml", text, TestContext.Current.CancellationToken);
        Assert.Empty(reading.Errors);
        Assert.Equal(JsonSerializer.Serialize(policy), JsonSerializer.Serialize(reading.Policy));
        Assert.StartsWith("# A head\n# of two lines\napiVersion: audit.k8s.io/v1\n", text, StringComparison.Ordinal);
        Assert.Contains("\n  # A comment\n  - level: Request\n", text, StringComparison.Ordinal);
    }
}
