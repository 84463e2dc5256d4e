namespace Reeve.Store.Query.Parsing;

/// <summary>A field that can be searched.</summary>
/// <param name="Name">Its canonical name: the short name, or the path inside the event's JSON.</param>
/// <param name="Kind">What values it takes.</param>
public sealed record QueryField(string Name, QueryFieldKind Kind);

/// <summary>What values a field takes, and with that which operators.</summary>
public enum QueryFieldKind
{
    /// <summary>One text; equality and wildcards, case-sensitive as in Kubernetes.</summary>
    Text,

    /// <summary>Several texts; holds when one of them matches.</summary>
    List,

    /// <summary>A whole number from 0; equality, wildcards, comparison.</summary>
    Number,

    /// <summary>RFC 3339 time or date, UTC unless it says otherwise; comparison.</summary>
    Time,

    /// <summary>An IP address; equality, CIDR block, wildcards over its text.</summary>
    Address,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Flag,

    /// <summary>A field of the findings about the event.</summary>
    Finding,

    /// <summary>The event's id, <c>server-seq</c>.</summary>
    Id,

    /// <summary>A path into the event's JSON that has no column; arrays on the way match by any of their items.</summary>
    Path,
}
