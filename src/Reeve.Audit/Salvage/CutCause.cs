namespace Reeve.Audit.Salvage;

/// <summary>What is likely to have cut events, and what mends it.</summary>
/// <param name="Code">Its name in the store and the API.</param>
/// <param name="Text">What cut it, as a sentence.</param>
/// <param name="Mend">The setting to change, as a sentence; where nothing can be set, what to do instead.</param>
public sealed record CutCause(string Code, string Text, string Mend);
