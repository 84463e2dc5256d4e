namespace Reeve.Detection.Policy.Coverage;

/// <summary>How much of what a rule looks for an audit policy lets it see.</summary>
public enum Visibility : byte
{
    /// <summary>Nothing: it can never fire.</summary>
    Blind,

    /// <summary>Some: requests, stages or bodies are missing in which it would find something.</summary>
    Partial,

    /// <summary>All.</summary>
    Full,
}

/// <summary>Several of them.</summary>
public static class Visibilities
{
    /// <summary>Of what needs each of them: full where all are, blind where all are.</summary>
    public static Visibility Together(this IReadOnlyCollection<Visibility> parts) =>
        parts.All(part => part == Visibility.Full) ? Visibility.Full
        : parts.All(part => part == Visibility.Blind) ? Visibility.Blind
        : Visibility.Partial;
}
