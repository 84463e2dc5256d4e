using System.Globalization;
using System.Text.Json;
using Reeve.Audit.Findings;
using Reeve.Audit.Sentences;
using Reeve.Store.Query;

namespace Reeve.Store.Findings;

/// <summary>What a finding says of its event. Texts come from outside and may hold anything; they are empty where absent.</summary>
public sealed record FoundEvent
{
    /// <summary>The kind of a finding that an alert makes, and the name of its id in the finding's detail.</summary>
    public const string AlertKind = "alert";

    /// <summary>The event.</summary>
    public required EventId Id { get; init; }

    /// <summary>Its request; 0 where the store was asked, which forgets the keys after two days.</summary>
    public UInt128 RequestKey { get; init; }

    /// <summary>Its time, UTC.</summary>
    public required DateTime Time { get; init; }

    /// <summary>The day it is stored under.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Its retention class.</summary>
    public required byte Retention { get; init; }

    /// <summary>The cluster's name.</summary>
    public required string Cluster { get; init; }

    /// <summary>The source's name.</summary>
    public required string Source { get; init; }

    /// <summary>Which apiserver or node reported it.</summary>
    public required string Host { get; init; }

    /// <summary>Who it counts for.</summary>
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

    /// <summary><c>requestURI</c>.</summary>
    public required string Uri { get; init; }

    /// <summary>
    /// The finding that a kind makes of it. It is one of the event for a remark about the event; about its request, the events of a
    /// request share it.
    /// </summary>
    /// <param name="kind">What is remarked.</param>
    /// <param name="found">When, UTC.</param>
    /// <param name="ofRequest">Whether the remark is about the request.</param>
    /// <param name="detail">More about it by name; empty values are left out.</param>
    public Finding As(FindingKind kind, DateTime found, bool ofRequest, params ReadOnlySpan<(string Name, string Value)> detail) => Make(
        ofRequest
            ? FindingId.Of(kind.Name, Cluster, RequestKey.ToString("x32", CultureInfo.InvariantCulture))
            : FindingId.Of(kind.Name, Id.ToString()),
        kind.Name, "", kind.LevelName,
        Deed is { Length: > 0 } deed ? $"{deed}: {kind.Sentence}." : $"{char.ToUpperInvariant(kind.Sentence[0])}{kind.Sentence[1..]}.",
        found, detail);

    /// <summary>The finding that the event is one of an alert's.</summary>
    /// <param name="alert">The alert's id.</param>
    /// <param name="rule">The rule's title.</param>
    /// <param name="level">How much it matters.</param>
    /// <param name="summary">The alert's sentence.</param>
    /// <param name="found">When, UTC.</param>
    public Finding AsAlert(string alert, string rule, FindingLevel level, string summary, DateTime found) =>
        Make(FindingId.Of(AlertKind, alert, Id.ToString()), AlertKind, rule, level.ToName(), summary, found, [(AlertKind, alert)]);

    private Finding Make(
        string id, string kind, string rule, string level, string summary, DateTime found, ReadOnlySpan<(string Name, string Value)> detail) => new()
    {
        Id = id,
        Kind = kind,
        Rule = rule,
        Level = level,
        Time = Time,
        Found = found,
        Day = Day,
        Retention = Retention,
        Cluster = Cluster,
        Source = Source,
        Host = Host,
        Event = Id,
        RequestKey = RequestKey,
        Actor = Actor,
        Verb = Verb,
        Resource = Resource,
        Subresource = Subresource,
        Namespace = Namespace,
        Name = Name,
        Summary = summary,
        Detail = Json(detail),
    };

    // "alice, patch configmaps shop/ssa"
    private string Deed
    {
        get
        {
            var resource = Subresource.Length > 0 ? $"{Resource}/{Subresource}" : Resource;
            var place = Namespace.Length > 0 ? $"{Namespace}/{Name}" : Name;
            var deed = string.Join(' ', new[] { Verb, Resource.Length > 0 ? resource : Uri, place }.Where(word => word.Length > 0).Select(Printable.Text));
            return Actor.Length > 0 && deed.Length > 0 ? $"{Printable.Text(Actor)}, {deed}" : deed;
        }
    }

    private static string Json(ReadOnlySpan<(string Name, string Value)> detail)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in detail)
        {
            if (value.Length > 0)
                values.Add(name, value);
        }

        return JsonSerializer.Serialize(values);
    }
}
