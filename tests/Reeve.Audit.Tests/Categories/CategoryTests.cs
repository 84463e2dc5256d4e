using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Reeve.Audit.Tests.Categories;

public sealed partial class CategoryTests
{
    public static TheoryData<string, string> Cases() => CaseTable.Two("Reeve.Audit.Tests", "Categories", "categories.txt");

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_first_row_that_applies_decides(string fields, string category)
    {
        var json = new JsonObject { ["kind"] = "Event", ["objectRef"] = new JsonObject(), ["responseStatus"] = new JsonObject(), ["annotations"] = new JsonObject() };
        foreach (Match match in Assignment().Matches(fields))
            Set(json, match.Groups["name"].Value, match.Groups["value"].Value.Trim('"').Replace("\\\"", "\""));
        Assert.Equal(category, Assert.Single(Readers.Read(json.ToJsonString())).Category.ToString());
    }

    [Fact]
    public void Bytes_that_are_no_event_have_no_category() =>
        Assert.Equal(Category.None, Assert.Single(Readers.Read("verb=delete")).Category);

    private static void Set(JsonObject json, string name, string value)
    {
        switch (name)
        {
            case "verb": json["verb"] = value; break;
            case "uri": json["requestURI"] = value; break;
            case "code": json["responseStatus"]!["code"] = int.Parse(value); break;
            case "message": json["responseStatus"]!["message"] = value; break;
            case "decision": json["annotations"]!["authorization.k8s.io/decision"] = value; break;
            case "violation": json["annotations"]!["pod-security.kubernetes.io/audit-violations"] = value; break;
            case "labels": json["requestObject"] = new JsonObject { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["pod-security.kubernetes.io/enforce"] = "privileged" } } }; break;
            case "group": json["objectRef"]!["apiGroup"] = value; break;
            case "resource" or "subresource" or "name": json["objectRef"]![name] = value; break;
            default: throw new ArgumentException($"no such field: {name}", nameof(name));
        }
    }

    [GeneratedRegex("""(?<name>\w+)=(?<value>"(\\.|[^"\\])*"|\S+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Assignment();
}
