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
