using System.Text.Json;
using System.Text.Json.Serialization;
using Reeve.Audit;
using Reeve.Audit.Fields;
using Reeve.Server.Api;
using Reeve.Store.Query;

namespace Reeve.Server.Tests.Api;

public sealed class EventJsonTests
{
    private static readonly JsonSerializerOptions Options = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private static readonly StoredEvent Full = new()
    {
        Id = new EventId("3f9a2c1e", 7),
        Time = new DateTime(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc).AddMicroseconds(123456),
        Received = new DateTime(2026, 3, 1, 12, 0, 1, DateTimeKind.Utc),
        Cluster = "prod",
        Source = "audit-log",
        Host = "cp-1",
        AuditLevel = "Request",
        Stage = "ResponseComplete",
        AuditId = "a-1",
        Verb = "delete",
        User = "system:serviceaccount:ci:deployer",
        UserUid = "u-1",
        Groups = ["system:masters"],
        Actor = "bob",
        ImpersonatedUser = "bob",
        ImpersonatedGroups = ["devs"],
        Ip = "192.0.2.7",
        Claimed = ["10.0.0.1"],
        Agent = "kubectl/v1.33.1 (linux/amd64) kubernetes/8adc0f0",
        Uri = "/api/v1/namespaces/x/pods/p/exec?command=id&command=-u&container=web&stdin=true&tty=true",
        Resource = "pods",
        Subresource = "exec",
        Namespace = "x",
        Name = "p",
        ObjectUid = "o-1",
        ApiGroup = "apps",
        ApiVersion = "v1",
        Code = 403,
        Reason = "Forbidden",
        Message = "no",
        Decision = "forbid",
        DecisionReason = "RBAC: allowed by RoleBinding \"ops/x\" of ClusterRole \"edit\" to ServiceAccount \"deployer/ci\"",
        Category = Category.InteractiveAccess,
        Integrity = Integrity.Whole,
        Marks = EventMarks.Scrubbed | EventMarks.TimeInFuture,
        Primary = true,
        Line = 3,
        Raw = """
            {"kind":"Event", "level":"Request", "user":{"extra":{
              "authentication.kubernetes.io/credential-id":["JTI=1f0e"], "authentication.kubernetes.io/pod-name":["runner-1"],
              "authentication.kubernetes.io/pod-uid":["p-1"], "authentication.kubernetes.io/node-name":["n1"],
              "authentication.kubernetes.io/node-uid":["n-1"], "arn":["arn:aws:iam::1:role/x"], "sessionName":["s"], "accessKeyId":["AKIA"],
              "oid":["o"], "iam.gke.io/user-assertion":["a"]}},
             "annotations":{"authentication.kubernetes.io/issued-credential-id":"JTI=0b6c"}}
            """,
        Cause = "rsyslog-max-message-size",
        Envelope = """{"form":"cloudwatch","logGroup":"/aws/eks/prod/cluster"}""",
    };

    [Fact]
    public void Every_field_of_the_catalogue_is_there_under_its_short_name()
    {
        var row = Write(Full);

        // What was found about an event stands in a list of its own.
        Assert.All(FieldCatalogue.All.Where(field => field.Type != FieldType.Finding), field => Assert.True(row.TryGetProperty(field.Name, out _), field.Name));
    }

    [Fact]
    public void Values_are_those_of_the_event()
    {
        var row = Write(Full);

        Assert.Equal("3f9a2c1e-7", row.GetProperty("id").GetString());
        Assert.Equal("2026-03-01T12:00:00.123456Z", row.GetProperty("time").GetString());
        Assert.Equal("system:serviceaccount:ci:deployer", row.GetProperty("user").GetString());
        Assert.Equal("x", row.GetProperty("ns").GetString());
        Assert.Equal(403, row.GetProperty("code").GetInt32());
        Assert.Equal("interactive-access", row.GetProperty("category").GetString());
        Assert.Equal(["time-in-future", "scrubbed"], row.GetProperty("marks").EnumerateArray().Select(mark => mark.GetString()!));
        Assert.Equal("Request", row.GetProperty("raw").GetProperty("level").GetString());
        Assert.Equal("/aws/eks/prod/cluster", row.GetProperty("envelope").GetProperty("logGroup").GetString());
        Assert.Equal("rsyslog-max-message-size", row.GetProperty("cause").GetString());
        Assert.Contains("$MaxMessageSize", row.GetProperty("mend").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_never_an_audit_event_is_not_called_unreadable()
    {
        var row = Write(Full with { Integrity = Integrity.Unreadable, Marks = EventMarks.OtherLog, Category = Category.OtherLog });
        Assert.Equal(("other-log", "other-log"), (row.GetProperty("integrity").GetString(), row.GetProperty("category").GetString()));
    }

    [Theory]
    [InlineData("sa", """["ci/deployer"]""")]
    [InlineData("sans", """["ci"]""")]
    [InlineData("node", """["n1"]""")]
    [InlineData("credential", """["JTI=1f0e"]""")]
    [InlineData("issued", """["JTI=0b6c"]""")]
    [InlineData("tool", "\"kubectl\"")]
    [InlineData("toolversion", "\"v1.33.1\"")]
    [InlineData("command", "\"id -u\"")]
    [InlineData("tty", "true")]
    [InlineData("binding", "\"x/ops\"")]
    [InlineData("role", "\"edit\"")]
    [InlineData("subject", "\"ci/deployer\"")]
    public void Values_that_are_read_out_of_others_are_there(string name, string expected) =>
        Assert.Equal(expected, Write(Full).GetProperty(name).GetRawText());

    [Fact]
    public void Row_without_its_json_has_what_its_columns_say()
    {
        var row = Write(Full with { Raw = null });

        Assert.Equal("edit", row.GetProperty("role").GetString());
        Assert.False(row.TryGetProperty("credential", out _));
    }

    [Fact]
    public void What_is_absent_is_left_out()
    {
        var row = Write(Full with { Namespace = "", Code = 0, Groups = [], Line = 0, Marks = EventMarks.None, Category = Category.None, Raw = null, Cause = "", Envelope = "" });

        Assert.All(
            (string[])["ns", "code", "group", "line", "marks", "category", "raw", "cause", "mend", "envelope"],
            name => Assert.False(row.TryGetProperty(name, out _), name));
    }

    [Theory]
    [InlineData("""{"a":1""")]
    [InlineData("""{"a":1}}""")]
    [InlineData("""{"a":1},{"b":2}""")]
    [InlineData("[1]")]
    [InlineData("\"text\"")]
    [InlineData("")]
    [InlineData("garbage \ud800 \u0000")]
    public void Raw_text_that_is_no_whole_object_is_a_text_and_spoils_nothing(string raw)
    {
        var row = Write(Full with { Raw = raw });

        Assert.Equal(JsonValueKind.String, row.GetProperty("raw").ValueKind);
        Assert.Equal("bob", row.GetProperty("actor").GetString());
    }

    [Fact]
    public void Event_nested_without_end_does_not_spoil_the_page()
    {
        var row = Write(Full with { Raw = string.Concat(Enumerable.Repeat("{\"a\":", 5_000)) + "1" + new string('}', 5_000) });

        Assert.Equal(JsonValueKind.String, row.GetProperty("raw").ValueKind);
    }

    private static JsonElement Write(StoredEvent stored)
    {
        using var document = JsonDocument.Parse(JsonSerializer.Serialize(EventJson.Of(stored), Options));
        return document.RootElement.Clone();
    }
}
