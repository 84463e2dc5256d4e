using System.Collections.Immutable;

namespace Reeve.Audit.Policy;

/// <summary>Resources of one API group that a rule is for. Immutable.</summary>
public sealed record GroupResources
{
    private const string Any = "*";

    /// <summary>The group; empty for core, <c>*</c> for all.</summary>
    public string Group { get; init; } = "";

    /// <summary>
    /// <c>pods</c> without what is below, <c>pods/log</c> that alone, <c>pods/*</c> both, <c>*/status</c> that of every resource, <c>*</c> all;
    /// all where it is empty.
    /// </summary>
    public ImmutableArray<string> Resources { get; init; } = [];

    /// <summary>The names of the objects; all where it is empty. A request without a name is none of them.</summary>
    public ImmutableArray<string> ResourceNames { get; init; } = [];

    /// <summary>Whether a request is for one of them.</summary>
    public bool Matches(PolicyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (Group != request.ApiGroup && Group != Any)
            return false;
        // As the apiserver has it: names count only beside resources.
        return Resources.IsEmpty
            || ((ResourceNames.IsEmpty || ResourceNames.Contains(request.Name)) && Resources.Any(resource => IsOf(resource, request)));
    }

    private static bool IsOf(string written, PolicyRequest request) =>
        written == Any
        || written == request.Written
        || (request.Subresource.Length > 0 && written.StartsWith("*/", StringComparison.Ordinal) && written.AsSpan(2).SequenceEqual(request.Subresource))
        || (written.EndsWith("/*", StringComparison.Ordinal) && written.AsSpan(0, written.Length - 2).SequenceEqual(request.Resource));
}
