namespace Reeve.Detection.Falco.Language;

/// <summary>A condition cannot be read; caught where its place in the file is known.</summary>
internal sealed class FalcoSyntaxException(int at, string message) : Exception(message)
{
    /// <summary>Where in the condition, 0-based.</summary>
    public int At { get; } = at;
}
