using System.Collections.Frozen;
using System.Text;
using Reeve.Audit.Requests;

namespace Reeve.Audit.Sentences;

/// <summary>What a request does, in words around its object: "deleted pod web-1", "tried to read the log of pod web-1".</summary>
/// <param name="Did">Past tense, for requests that were served.</param>
/// <param name="Do">Infinitive, for requests that were refused or whose outcome is not known.</param>
/// <param name="Object">How the object is named after it.</param>
/// <param name="After">What follows the object.</param>
internal readonly record struct Deed(string Did, string Do, DeedObject Object = DeedObject.One, string After = "")
{
    private static readonly FrozenDictionary<string, Deed> Verbs = new Dictionary<string, Deed>
    {
        ["get"] = new("read", "read"),
        ["list"] = new("listed", "list", DeedObject.Many),
        ["watch"] = new("watched", "watch", DeedObject.Many),
        ["create"] = new("created", "create"),
        ["update"] = new("changed", "change"),
        ["patch"] = new("changed", "change"),
        ["delete"] = new("deleted", "delete"),
        ["deletecollection"] = new("deleted all", "delete all", DeedObject.Many),
        ["proxy"] = new("sent a request through", "send a request through"),
    }.ToFrozenDictionary();

    // Whatever the verb: over WebSocket these are get, over SPDY create.
    private static readonly FrozenDictionary<string, Deed> Sessions = new Dictionary<string, Deed>
    {
        ["exec"] = new("ran a command in", "run a command in"),
        ["attach"] = new("attached to", "attach to"),
        ["portforward"] = new("forwarded ports to", "forward ports to"),
        ["proxy"] = new("sent a request through", "send a request through"),
        ["log"] = new("read the log of", "read the log of"),
        ["eviction"] = new("evicted", "evict"),
        ["binding"] = new("assigned", "assign", After: " to a node"),
        ["token"] = new("requested a token for", "request a token for"),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Deed> Writes = new Dictionary<string, Deed>
    {
        ["scale"] = new("scaled", "scale"),
        ["approval"] = new("approved or denied", "approve or deny"),
        ["ephemeralcontainers"] = new("added a debug container to", "add a debug container to"),
        ["finalize"] = new("finalized", "finalize"),
        ["resize"] = new("resized", "resize"),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Deed> Reviews = new Dictionary<string, Deed>
    {
        ["selfsubjectaccessreviews"] = new("asked what it may do", "ask what it may do", DeedObject.None),
        ["selfsubjectrulesreviews"] = new("asked what it may do", "ask what it may do", DeedObject.Place),
        ["selfsubjectreviews"] = new("asked who it is", "ask who it is", DeedObject.None),
        ["subjectaccessreviews"] = new("asked what somebody may do", "ask what somebody may do", DeedObject.None),
        ["localsubjectaccessreviews"] = new("asked what somebody may do", "ask what somebody may do", DeedObject.Place),
        ["tokenreviews"] = new("had a token checked", "have a token checked", DeedObject.None),
    }.ToFrozenDictionary();

    /// <summary>The deed of a request for a resource.</summary>
    public static Deed Of(SentenceFacts facts)
    {
        var (verb, sub) = (facts.Verb, facts.Subresource);
        if (sub.Length == 0)
            return verb == "create" && Reviews.TryGetValue(facts.Resource, out var review) ? review : OfVerb(verb);
        if (Sessions.TryGetValue(sub, out var session))
            return sub is "exec" or "proxy" ? Session(facts, session) : session;
        if (verb is not ("get" or "list" or "watch") && Writes.TryGetValue(sub, out var write))
            return write;
        var part = $" the {Printable.Text(sub)} of";
        var plain = OfVerb(verb);
        return new Deed(plain.Did + part, plain.Do + part);
    }

    private static Deed OfVerb(string verb) =>
        Verbs.TryGetValue(verb, out var known) ? known
        : verb.Length == 0 ? new Deed("made a request for", "make a request for")
        : new Deed($"used the verb {Printable.Text(verb)} on", $"use the verb {Printable.Text(verb)} on");

    // A command may also be run by asking a kubelet through the proxy of its node.
    private static Deed Session(SentenceFacts facts, Deed plain)
    {
        var uri = Encoding.UTF8.GetBytes(facts.Uri);
        if (!PodSession.TryParse(uri, Encoding.UTF8.GetBytes(facts.Subresource), out var session))
            return plain;
        var buffer = new byte[uri.Length];
        var command = Printable.Text(Encoding.UTF8.GetString(buffer, 0, session.WriteCommand(buffer)));
        var where = facts.Subresource == "proxy" ? "through" : "in";
        return command.Length == 0 ? plain : new Deed($"ran “{command}” {where}", $"run “{command}” {where}");
    }
}

/// <summary>How a deed names its object.</summary>
internal enum DeedObject : byte
{
    /// <summary>"pod web-1 in namespace shop".</summary>
    One,

    /// <summary>"pods in namespace shop".</summary>
    Many,

    /// <summary>"in namespace shop".</summary>
    Place,

    /// <summary>Not at all.</summary>
    None,
}
