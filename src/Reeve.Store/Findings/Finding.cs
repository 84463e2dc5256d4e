using Reeve.Store.Query;

namespace Reeve.Store.Findings;

/// <summary>An alert or a remark of the pipeline about one event, as the store keeps it. Texts come from outside and may hold anything.</summary>
public sealed record Finding
{
    /// <summary>A hash of what it says: 32 hex digits. The same finding made again has the same one.</summary>
    public required string Id { get; init; }

    /// <summary>What it is, such as <c>orphan</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The rule that fired; empty for a remark of the pipeline.</summary>
    public string Rule { get; init; } = "";

    /// <summary>informational, low, medium, high or critical.</summary>
    public required string Level { get; init; }

    /// <summary>The time of its event, UTC.</summary>
    public required DateTime Time { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTime Found { get; init; }

    /// <summary>The day its event is stored under.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The retention class of its event.</summary>
    public byte Retention { get; init; }

    /// <summary>The cluster's name.</summary>
    public required string Cluster { get; init; }

    /// <summary>The source of its event.</summary>
    public required string Source { get; init; }

    /// <summary>Which apiserver or node reported the event.</summary>
    public required string Host { get; init; }

    /// <summary>The event it is about.</summary>
    public required EventId Event { get; init; }

    /// <summary>The request of the event.</summary>
    public required UInt128 RequestKey { get; init; }

    /// <summary>Who the request counts for.</summary>
    public required string Actor { get; init; }

    /// <summary><c>verb</c>.</summary>
    public required string Verb { get; init; }

    /// <summary><c>objectRef.resource</c>.</summary>
    public required string Resource { get; init; }

    /// <summary><c>objectRef.subresource</c>.</summary>
    public required string Subresource { get; init; }

    /// <summary><c>objectRef.namespace</c>.</summary>
    public required string Namespace { get; init; }

    /// <summary><c>objectRef.name</c>.</summary>
    public required string Name { get; init; }

    /// <summary>It in one printable sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>More about it, as a JSON object.</summary>
    public string Detail { get; init; } = "{}";
}
