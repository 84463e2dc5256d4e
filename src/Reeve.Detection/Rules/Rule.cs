using System.Collections.Immutable;
using Reeve.Audit.Findings;

namespace Reeve.Detection.Rules;

/// <summary>What rules over single events and rules over rules have in common. Immutable.</summary>
public abstract record Rule
{
    /// <summary>Unique in its <see cref="RuleSet"/>: as the rule says, else made of its title.</summary>
    public required string Id { get; init; }

    /// <summary>What it detects, in a few words: Sigma's <c>title</c>, Falco's <c>rule</c>.</summary>
    public required string Title { get; init; }

    /// <summary>Sigma's <c>name</c>, by which correlations refer to it; empty without one.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it looks for, in the author's words.</summary>
    public string Description { get; init; } = "";

    /// <summary>How much an alert of it matters.</summary>
    public FindingLevel Level { get; init; }

    /// <summary>Its tags, like <c>attack.t1609</c>.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>What else sets it off, in the author's words.</summary>
    public ImmutableArray<string> FalsePositives { get; init; } = [];

    /// <summary>Where to read more.</summary>
    public ImmutableArray<string> References { get; init; } = [];

    /// <summary>Whose words it is written in.</summary>
    public RuleFormat Format { get; init; }

    /// <summary>Where it stands.</summary>
    public RulePlace Place { get; init; }

    /// <summary>Where what it asks for stands, as far as its language tells.</summary>
    public ImmutableArray<WrittenItem> Written { get; init; } = [];

    /// <summary>The lists without which it means nothing: Reeve's own key <c>requires-lists</c>.</summary>
    public ImmutableArray<string> RequiresLists { get; init; } = [];

    /// <summary>Whether it waits for one of those lists, which is empty, and finds nothing until then.</summary>
    public bool Sleeps { get; init; }

    /// <summary>Whether it alerts on its own; otherwise it only feeds correlations.</summary>
    public bool Alerts { get; init; } = true;

    /// <summary>Where a field or <c>tags</c> stands, with this value if one is given; else the rule's own place.</summary>
    public RulePlace PlaceOf(string name, string? value = null)
    {
        WrittenItem? first = null;
        foreach (var item in Written.Where(item => item.Name == name))
        {
            if (value is null || item.Values.Contains(value, StringComparer.OrdinalIgnoreCase))
                return item.Place;
            first ??= item;
        }

        return first?.Place ?? Place;
    }
}
