using Reeve.Audit;
using Reeve.Audit.Fields;
using Reeve.Server.Ui.Time;
using Reeve.Server.Ui.Words;
using Reeve.Store.Query;

namespace Reeve.Server.Ui.Search;

/// <summary>One line of an event's fields.</summary>
/// <param name="Label">What it is called.</param>
/// <param name="Value">Its value, as it came from outside.</param>
/// <param name="Field">The filter's field for it; empty where it cannot be filtered by.</param>
internal readonly record struct EventFact(string Label, string Value, string Field)
{
    private static readonly (string Label, string Field)[] Callers =
    [
        ("service account", "sa"), ("pod", "pod"), ("pod uid", "poduid"), ("node", "node"), ("node uid", "nodeuid"), ("credential", "credential"),
        ("IAM principal", "arn"), ("session name", "sessionname"), ("access key", "accesskey"), ("Entra object", "oid"), ("assertion", "assertion"),
    ];

    private static readonly (string Label, string Field)[] Session =
        [("command", "command"), ("container", "container"), ("stdin", "stdin"), ("tty", "tty"), ("issued", "issued")];

    private static readonly (string Label, string Field)[] Grant = [("binding", "binding"), ("role", "role"), ("subject", "subject")];

    private static readonly (string Label, string Field)[] Program = [("tool", "tool"), ("tool version", "toolversion")];

    /// <summary>The fields of an event that have a value.</summary>
    public static IEnumerable<EventFact> Of(StoredEvent row, DisplayZone zone) => All(row, zone).Where(fact => fact.Value.Length > 0);

    private static IEnumerable<EventFact> All(StoredEvent row, DisplayZone zone)
    {
        var derived = DerivedFields.Of(row.ForDerivedFields()).ToLookup(field => field.Key, StringComparer.Ordinal);
        IEnumerable<EventFact> Derived(params ReadOnlySpan<(string Label, string Field)> fields)
        {
            var facts = new List<EventFact>();
            foreach (var (label, field) in fields)
                facts.AddRange(derived[field].SelectMany(found => found.Value).Select(value => new EventFact(label, value, field)));
            return facts;
        }

        yield return new("time", $"{zone.Exact(row.Time)} {zone.Name(row.Time)}", "");
        yield return Same("user", row.User);
        if (row.ImpersonatedUser.Length > 0)
            yield return new("acting as", row.ImpersonatedUser, "actor");
        foreach (var group in row.ImpersonatedGroups)
            yield return new("acting in", group, "impersonatedgroup");
        foreach (var group in row.Groups)
            yield return Same("group", group);
        yield return new("uid", row.UserUid, "uid");
        foreach (var fact in Derived(Callers))
            yield return fact;
        yield return Same("verb", row.Verb);
        yield return Same("resource", row.Resource);
        yield return Same("subresource", row.Subresource);
        yield return Same("ns", row.Namespace);
        yield return Same("name", row.Name);
        yield return Same("apigroup", row.ApiGroup);
        foreach (var fact in Derived(Session))
            yield return fact;
        yield return new("object uid", row.ObjectUid, "objectuid");
        yield return new("version", row.ApiVersion, "apiversion");
        yield return Same("code", row.Code > 0 ? row.Code.ToString() : "");
        yield return new("status", row.Reason, "responseStatus.reason");
        yield return Same("message", row.Message);
        yield return Same("decision", row.Decision);
        yield return new("allowed by", row.DecisionReason, "decisionreason");
        foreach (var fact in Derived(Grant))
            yield return fact;
        yield return Same("ip", row.Ip);
        foreach (var claimed in row.Claimed)
            yield return Same("claimed", claimed);
        yield return Same("agent", row.Agent);
        foreach (var fact in Derived(Program))
            yield return fact;
        yield return Same("uri", row.Uri);
        yield return Same("stage", row.Stage);
        yield return Same("auditlevel", row.AuditLevel);
        yield return Same("auditid", row.AuditId);
        yield return Same("category", row.Category == Category.None ? "" : CategoryWords.Key(row.Category));
        yield return Same("integrity", EventNames.Of(row.Integrity, row.Marks));
        yield return Same("cause", row.Cause);
        yield return Same("cluster", row.Cluster);
        yield return Same("host", row.Host);
        yield return Same("source", row.Source);
        yield return Same("line", row.Line > 0 ? row.Line.ToString() : "");
        if (!row.IsStored())
            yield break;
        yield return new("received", $"{zone.Exact(row.Received)} {zone.Name(row.Received)}", "");
        yield return Same("id", row.Id.ToString());
    }

    private static EventFact Same(string name, string value) => new(name, value, name);
}
