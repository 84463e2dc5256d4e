using System.Globalization;

namespace Reeve.Audit.Reading.Envelopes;

/// <summary>The audit event that a LogEntry of GKE stands for.</summary>
/// <param name="entry">The members of the LogEntry.</param>
/// <param name="payload">The members of its <c>protoPayload</c>.</param>
internal sealed class GkeEvent(JsonMembers entry, JsonMembers payload)
{
    private const string Decision = "authorization.k8s.io/decision";

    private readonly JsonMembers _permission = FirstOf(payload["authorizationInfo"]);

    /// <summary>Writes the event; of a cut LogEntry one without its end.</summary>
    public ReadOnlyMemory<byte> Compose(bool isCut)
    {
        var method = payload["methodName"].Text;
        var who = payload["authenticationInfo"].Members;
        var (email, selector) = (who["principalEmail"].Text, who["authoritySelector"].Text);
        var from = payload["requestMetadata"].Members;
        var about = Object(method);
        using var composer = new EventComposer();
        composer
            .Add("auditID", AuditId())
            .Add("requestURI", payload["requestURI"].Text)
            .Add("verb", VerbOf(method.Length > 0 ? method : _permission["permission"].Text))
            .Add("user", email.Length + selector.Length > 0, user => user.Add("username", email.Length > 0 ? email : selector))
            .Add("impersonatedUser", email.Length > 0 && selector.Length > 0 && email != selector, user => user.Add("username", selector))
            .Add("sourceIPs", from["callerIp"].Text is { Length: > 0 } ip ? [ip] : [])
            .Add("userAgent", from["callerSuppliedUserAgent"].Text)
            .Add("objectRef", about.Resource.Length > 0, reference => Write(reference, about))
            .Add("responseStatus", payload["status"] is { IsObject: true, IsCut: false } || IsRefused, Write)
            .Add("requestObject", payload["request"])
            .Add("responseObject", payload["response"])
            .Add("stageTimestamp", Time(entry["timestamp"].Text))
            .Add("annotations", entry["labels"] is { IsObject: true, IsCut: false } || DecisionText().Length > 0, WriteAnnotations);
        var (name, body) = payload["request"].IsCut ? ("requestObject", payload["request"]) : ("responseObject", payload["response"]);
        return composer.Finish(isCut, name, body);
    }

    // The permission says so even where no status was written.
    private bool IsRefused => _permission["granted"].Token == JsonToken.False;

    private string AuditId() =>
        entry["operation"].Members is var operation && operation["producer"].Text == "k8s.io" ? operation["id"].Text : "";

    private GkeResourceName Object(string method)
    {
        var named = GkeResourceName.Of(payload["resourceName"].Text);
        if (named.Resource.Length == 0)
            named = GkeResourceName.Of(_permission["resource"].Text);
        return named.Resource.Length > 0 ? named : GkeResourceName.OfMethod(method);
    }

    private static void Write(EventComposer reference, GkeResourceName about) => reference
        .Add("resource", about.Resource)
        .Add("namespace", about.Namespace)
        .Add("name", about.Name)
        .Add("apiGroup", about.Group)
        .Add("apiVersion", about.Version)
        .Add("subresource", about.Subresource);

    private void Write(EventComposer status)
    {
        var (code, message) = (GrpcCode(), payload["status"].Members["message"].Text);
        status.Add("message", message).Add("code", GrpcStatus.ToHttp(code));
    }

    // Protocol Buffers leave a 0 out (proto3 JSON mapping).
    private int GrpcCode() => StatusCode() is 0 && IsRefused ? GrpcStatus.PermissionDenied : StatusCode();

    private int StatusCode() =>
        payload["status"].Members["code"] is { Token: JsonToken.Number, IsCut: false } number
        && int.TryParse(number.Json.Span, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            ? code : 0;

    private void WriteAnnotations(EventComposer annotations)
    {
        foreach (var label in entry["labels"].Members.All)
            annotations.Add(label.Name, label);
        if (!entry["labels"].Members.Has(Decision))
            annotations.Add(Decision, DecisionText());
    }

    private string DecisionText() =>
        _permission["granted"].Token == JsonToken.True ? "allow" : GrpcCode() == GrpcStatus.PermissionDenied ? "forbid" : "";

    private static string VerbOf(string method) => method.LastIndexOf('.') is >= 0 and var dot ? method[(dot + 1)..] : "";

    // Exports to BigQuery write a space for the T, and no zone: then it is UTC.
    private static string Time(string timestamp)
    {
        if (timestamp.Length > 19 && timestamp[10] == ' ')
            timestamp = $"{timestamp[..10]}T{timestamp[11..]}";
        return timestamp.Length >= 19 && timestamp[^1] != 'Z' && timestamp.LastIndexOf('+') < 0 && timestamp.LastIndexOf('-') < 10 ? timestamp + "Z" : timestamp;
    }

    private static JsonMembers FirstOf(JsonMember array)
    {
        foreach (var item in array.Items)
            return item.Members;
        return JsonMembers.None;
    }
}
