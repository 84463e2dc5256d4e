using System.Net;

namespace Reeve.Server.Sources.Clusters;

/// <summary>What a person said about which cluster a sender's events belong to.</summary>
/// <param name="Id">Names it in the API.</param>
/// <param name="Cluster">The cluster, see <see cref="ClusterName"/>.</param>
/// <param name="Match">Whose events.</param>
/// <param name="Created">When it was said.</param>
/// <param name="CreatedBy">Who said it.</param>
public sealed record ClusterAssignment(string Id, string Cluster, AssignmentMatch Match, DateTimeOffset Created, string CreatedBy);

/// <summary>
/// Whose events an assignment is about: every part that is set must be the sender's. Texts are compared as they stand,
/// with no wildcard: they are picked from what senders say of themselves, and one may call itself <c>*</c>.
/// </summary>
public sealed record AssignmentMatch
{
    /// <summary>The most characters of a part.</summary>
    public const int MaxLength = 256;

    /// <summary>The name of the source; empty for any.</summary>
    public string Source { get; init; } = "";

    /// <summary>The host; empty for any.</summary>
    public string Host { get; init; } = "";

    /// <summary>The syslog tag; empty for any.</summary>
    public string Tag { get; init; } = "";

    /// <summary>The name in the certificate; empty for any.</summary>
    public string San { get; init; } = "";

    /// <summary>The network its address is in; null for any.</summary>
    public IPNetwork? Peer { get; init; }

    /// <summary>How many parts are set: of two assignments that fit a sender, the one with more is meant.</summary>
    internal int Parts => Texts.Count(text => text.Length > 0) + (Peer is null ? 0 : 1);

    internal IReadOnlyList<string> Texts => [Source, Host, Tag, San];

    internal bool Fits(string source, string host, Sender sender) =>
        Same(Source, source)
        && Same(Host, host)
        && Same(Tag, sender.Tag)
        && Same(San, sender.San)
        && (Peer is not { } network || (sender.Peer is { } peer && network.Contains(peer)));

    private static bool Same(string wanted, string text) => wanted.Length == 0 || wanted == text;
}
