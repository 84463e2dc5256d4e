using System.Text.Json.Nodes;
using Reeve.Audit.Policy;

namespace Reeve.Detection.Tests.Needs;

/// <summary>Small audit events at every level and stage, with no more in them than an API server writes there.</summary>
internal sealed class PolicyEvents(Random random)
{
    private static readonly string[] Stages = ["RequestReceived", "ResponseStarted", "ResponseComplete", "Panic"];
    private static readonly string[] Verbs = ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"];
    private static readonly string[] Resources = ["pods", "secrets", "nodes"];
    private static readonly string[] Subresources = ["exec", "proxy"];

    public static string[] Paths { get; } =
    [
        "verb", "stage", "objectRef.resource", "objectRef.subresource", "objectRef", "responseStatus.code", "impersonatedUser.username",
        "requestObject.a", "requestObject", "responseObject.a", "responseObject", "user.username",
    ];

    public static string[] Values { get; } = [.. Stages, .. Verbs, .. Resources, .. Subresources, "200", "post", "a"];

    /// <summary>How a policy may write the resource of an event; nothing of what has none.</summary>
    public static string[] Written(JsonObject json) => (json["objectRef"]?["resource"], json["objectRef"]?["subresource"]) switch
    {
        (null, _) => [],
        ({ } resource, null) => [$"{resource}", "*"],
        ({ } resource, { } subresource) => [$"{resource}/{subresource}", $"{resource}/*", $"*/{subresource}", "*/*"],
    };

    public (AuditLevel Level, JsonObject Event) Next()
    {
        var level = random.GetItems([AuditLevel.Metadata, AuditLevel.Request, AuditLevel.RequestResponse], 1)[0];
        var isResource = random.Next(5) > 0;
        var made = new JsonObject
        {
            ["stage"] = Any(Stages),
            ["verb"] = isResource ? Any(Verbs) : Any(["get", "post", "head"]),
            ["user"] = new JsonObject { ["username"] = Any(Values) },
        };
        if (isResource)
        {
            made["objectRef"] = new JsonObject { ["resource"] = Any(Resources) };
            if (random.Next(2) == 0)
                made["objectRef"]!["subresource"] = Any(Subresources);
        }

        if (made["stage"]!.ToString() != Stages[0])
            Answer(made, level);
        return (level, made);
    }

    private void Answer(JsonObject made, AuditLevel level)
    {
        made["responseStatus"] = new JsonObject { ["code"] = 200 };
        if (random.Next(2) == 0)
            made["impersonatedUser"] = new JsonObject { ["username"] = Any(Values) };
        if (level >= AuditLevel.Request)
            made["requestObject"] = new JsonObject { ["a"] = Any(Values) };
        if (level == AuditLevel.RequestResponse)
            made["responseObject"] = new JsonObject { ["a"] = Any(Values) };
    }

    private string Any(string[] of) => of[random.Next(of.Length)];
}
