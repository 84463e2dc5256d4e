using Reeve.Audit.Sentences;
using Reeve.Store.Query;

namespace Reeve.Server.Ui.Search;

/// <summary>The sentences of stored events.</summary>
internal static class Sentences
{
    /// <summary>The sentence of an event.</summary>
    public static EventSentence Of(StoredEvent row) => EventSentence.Of(new SentenceFacts
    {
        Verb = row.Verb,
        User = row.User,
        ImpersonatedUser = row.ImpersonatedUser,
        Resource = row.Resource,
        Subresource = row.Subresource,
        Namespace = row.Namespace,
        Name = row.Name,
        Ip = row.Ip,
        Agent = row.Agent,
        Uri = row.Uri,
        Stage = row.Stage,
        Code = row.Code,
        Reason = row.Reason,
        Decision = row.Decision,
        DecisionReason = row.DecisionReason,
    });
}
