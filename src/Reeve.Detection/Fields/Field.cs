using System.Collections.Immutable;

namespace Reeve.Detection.Fields;

/// <summary>Where in an event the values stand that a rule asks about. A closed set of records with value equality; immutable.</summary>
public abstract record Field
{
    private Field()
    {
    }

    /// <summary>
    /// By a path of names with dots between them, as in Sigma. Lists on the way are gone into, and each element counts; a name
    /// may hold dots itself: <c>annotations.authorization.k8s.io/decision</c>. Of an audit event, a path that is not one of its
    /// JSON may be a short name of <see cref="Audit.Fields.FieldCatalogue"/>, like <c>actor</c>.
    /// </summary>
    public sealed record Path(string Name) : Field
    {
        /// <inheritdoc/>
        public override string ToString() => Name;
    }

    /// <summary>
    /// By a JSON pointer (RFC 6901), as in Falco's <c>jevt.value[/a/0/b]</c>: names as they stand, numbers for the places of
    /// lists. The value may be a list or an object, as its JSON text.
    /// </summary>
    public sealed record Pointer(string Text) : Field
    {
        /// <inheritdoc/>
        public override string ToString() => $"jevt.value[{Text}]";
    }

    /// <summary>A parameter of the request's query, percent-decoded: Falco's <c>ka.uri.param</c>.</summary>
    public sealed record QueryParameter(string Name) : Field
    {
        /// <inheritdoc/>
        public override string ToString() => $"ka.uri.param[{Name}]";
    }

    /// <summary>The event's time in nanoseconds since 1970: Falco's <c>jevt.rawtime</c>; without a time absent.</summary>
    public sealed record RawTime : Field
    {
        /// <inheritdoc/>
        public override string ToString() => "jevt.rawtime";
    }

    /// <summary>Several fields as one: the values of the first, then of the second, and so on.</summary>
    /// <param name="Name">What to call it.</param>
    /// <param name="Fields">Which.</param>
    /// <param name="FirstOnly">Whether only the first field with a value counts, and of it the first value.</param>
    public sealed record Union(string Name, ImmutableArray<Field> Fields, bool FirstOnly = false) : Field
    {
        /// <inheritdoc/>
        public bool Equals(Union? other) => other is not null && other.Name == Name && other.FirstOnly == FirstOnly && other.Fields.SequenceEqual(Fields);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Name, FirstOnly, Fields.Length);

        /// <inheritdoc/>
        public override string ToString() => Name;
    }

    /// <summary>
    /// Computed from the event's bodies by code of its own, where a path does not tell: some of Falco's <c>ka.req.*</c>.
    /// </summary>
    /// <param name="Name">What to call it, with its argument; equal names are equal fields.</param>
    /// <param name="From">The fields it is computed from.</param>
    /// <param name="Compute">Makes its values of theirs. Must be pure and must not throw.</param>
    public sealed record Computed(string Name, ImmutableArray<Field> From, FieldFunction Compute) : Field
    {
        /// <inheritdoc/>
        public bool Equals(Computed? other) => other is not null && other.Name == Name;

        /// <inheritdoc/>
        public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

        /// <inheritdoc/>
        public override string ToString() => Name;
    }
}

/// <summary>Makes the values of a field of the values of others, one list for each of them in order; nulls are left out.</summary>
public delegate IEnumerable<string> FieldFunction(IReadOnlyList<IReadOnlyList<string>> values);
