using System.Text;
using Reeve.Audit.Callers;
using Reeve.Audit.Requests;

namespace Reeve.Audit.Sentences;

/// <summary>
/// One audit event as a plain sentence: who did what to which object, from where, with which program, and how it ended.
/// Every value in it comes from the event, printable but not encoded for HTML.
/// </summary>
public sealed class EventSentence
{
    private readonly List<SentencePart> _parts = [];

    private EventSentence()
    {
    }

    /// <summary>The sentence in pieces; joined they are the text.</summary>
    public IReadOnlyList<SentencePart> Parts => _parts;

    /// <summary>The sentence of an event.</summary>
    public static EventSentence Of(SentenceFacts facts)
    {
        var sentence = new EventSentence();
        var outcome = Outcome.Of(facts);
        sentence.Who(facts);
        sentence.What(facts, outcome);
        if (facts.Ip.Length > 0)
            sentence.Words(" from ").Name(facts.Ip);
        if (ToolName.Of(facts.Agent) is { Length: > 0 } tool)
            sentence.Words(" with ").Name(tool);
        sentence.Words(" — ").Add(outcome.Text, outcome.Role);
        if (outcome.By.Length > 0)
            sentence.Words(" by ").Words(outcome.By);
        sentence.Words(".");
        return sentence;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var part in _parts)
            text.Append(part.Text);
        return text.ToString();
    }

    private void Who(SentenceFacts facts)
    {
        if (facts.User.Length == 0)
            Words(facts.Code == 401 ? "A caller who did not authenticate" : "Somebody the event does not name");
        else
            Caller(facts.User);
        if (facts.ImpersonatedUser.Length == 0)
            return;
        Words(", acting as ");
        Caller(facts.ImpersonatedUser);
        Words(",");
    }

    private void Caller(string user)
    {
        var bytes = Encoding.UTF8.GetBytes(user);
        if (ServiceAccountName.TryParse(bytes, out var account))
            Words("service account ").Name($"{Encoding.UTF8.GetString(account.Namespace)}/{Encoding.UTF8.GetString(account.Name)}");
        else if (NodeUser.TryParse(bytes, out var node))
            Words("node ").Name(Encoding.UTF8.GetString(node));
        else
            Name(user);
    }

    private void What(SentenceFacts facts, Outcome outcome)
    {
        var lead = outcome.Role == SentenceRole.Served ? "" : outcome.IsOpen ? "asked to " : "tried to ";
        if (facts.Resource.Length == 0)
        {
            NonResource(facts, lead);
            return;
        }
        var deed = Deed.Of(facts);
        Words(" ").Add(lead.Length == 0 ? deed.Did : lead + deed.Do, SentenceRole.Deed);
        Object(facts, deed.Object);
        if (deed.After.Length > 0)
            Words(deed.After);
    }

    private void NonResource(SentenceFacts facts, string lead)
    {
        var path = RequestQuery.Path(facts.Uri);
        var plain = facts.Verb is "get" or "head" or "";
        var method = Printable.Text(facts.Verb.ToUpperInvariant());
        var deed = (lead.Length == 0, plain) switch
        {
            (true, true) => "requested",
            (true, false) => $"sent {method} to",
            (false, true) => lead + "request",
            (false, false) => $"{lead}send {method} to",
        };
        Words(" ").Add(deed, SentenceRole.Deed).Words(" ").Name(path.Length == 0 ? "an unknown path" : path);
    }

    private void Object(SentenceFacts facts, DeedObject form)
    {
        if (form == DeedObject.None)
            return;
        var isNamespace = facts.Resource == "namespaces";
        if (form != DeedObject.Place)
            NamedObject(facts, form, isNamespace && facts.Name.Length == 0 && form == DeedObject.One ? facts.Namespace : facts.Name);
        if (facts.Namespace.Length > 0 && !isNamespace)
            Words(" in namespace ").Name(facts.Namespace);
        else if (form == DeedObject.Many && ResourceWords.IsNamespaced(facts.Resource))
            Words(" in all namespaces");
    }

    private void NamedObject(SentenceFacts facts, DeedObject form, string name)
    {
        if (form == DeedObject.One)
        {
            var kind = ResourceWords.Singular(facts.Resource);
            Words(name.Length > 0 ? $" {kind} " : $" a {kind}");
            if (name.Length > 0)
                Name(name);
            return;
        }
        Words($" {ResourceWords.Plural(facts.Resource)}");
        if (name.Length > 0)
            Words(" named ").Name(name);
        if (facts.Verb == "deletecollection" && RequestQuery.Joined(facts.Uri, "labelSelector") is { Length: > 0 } selector)
            Words(" labelled ").Name(selector);
    }

    private EventSentence Words(string text) => Add(text, SentenceRole.Words);

    private EventSentence Name(string value) => Add(value, SentenceRole.Name);

    private EventSentence Add(string text, SentenceRole role)
    {
        _parts.Add(new SentencePart(Printable.Text(text), role));
        return this;
    }
}
