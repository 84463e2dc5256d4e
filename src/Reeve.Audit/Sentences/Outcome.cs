namespace Reeve.Audit.Sentences;

/// <summary>How a request ended, in words.</summary>
/// <param name="Text">The words, with the code.</param>
/// <param name="Role">Whether it was served.</param>
/// <param name="By">What allowed it, where the authorizer said so.</param>
internal readonly record struct Outcome(string Text, SentenceRole Role, string By = "")
{
    private static readonly string[] ByLeads = ["RBAC: allowed by ", "EKS Access Policy: allowed by "];

    /// <summary>Whether the event says nothing of the end yet.</summary>
    public bool IsOpen => Role == SentenceRole.Words;

    public static Outcome Of(SentenceFacts facts) => facts.Code switch
    {
        _ when facts.Stage == "Panic" => Refused($"the API server panicked ({facts.Code})"),
        0 when facts.Stage == "RequestReceived" => new("received; a later stage says how it ended", SentenceRole.Words),
        <= 0 => new("the event does not say how it ended", SentenceRole.Words),
        101 => Served("allowed, a session was opened (101)", facts),
        < 400 => Served($"allowed ({facts.Code})", facts),
        401 => Refused("not authenticated (401)"),
        403 when facts.Decision == "allow" => Refused("permitted, but rejected by admission (403)"),
        403 => Refused("denied (403)"),
        404 => Refused("failed: not found (404)"),
        409 when facts.Reason == "AlreadyExists" => Refused("failed: it already exists (409)"),
        409 => Refused("failed: conflict (409)"),
        422 => Refused("failed: invalid (422)"),
        429 => Refused("turned away: too many requests (429)"),
        >= 500 => Refused($"failed with a server error ({facts.Code})"),
        _ => Refused($"failed ({facts.Code})"),
    };

    private static Outcome Refused(string text) => new(text, SentenceRole.Refused);

    private static Outcome Served(string text, SentenceFacts facts)
    {
        foreach (var lead in ByLeads)
        {
            if (facts.DecisionReason.StartsWith(lead, StringComparison.Ordinal))
                return new Outcome(text, SentenceRole.Served, facts.DecisionReason[lead.Length..]);
        }

        return new Outcome(text, SentenceRole.Served);
    }
}
