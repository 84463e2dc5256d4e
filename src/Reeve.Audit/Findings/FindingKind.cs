namespace Reeve.Audit.Findings;

/// <summary>What a finding can be.</summary>
/// <param name="Name">The word for it in filters, metrics and the store, such as <c>orphan</c>.</param>
/// <param name="Level">How much it matters.</param>
/// <param name="Sentence">What is the case, as the rest of a sentence that began with the request.</param>
/// <param name="Advice">What to do about it, in whole sentences.</param>
public sealed record FindingKind(string Name, FindingLevel Level, string Sentence, string Advice)
{
    /// <summary>The level as filters and the store write it.</summary>
    public string LevelName => Level.ToName();
}
