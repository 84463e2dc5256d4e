namespace Reeve.Server.Setup.Manifests;

/// <summary>What became of a manifest.</summary>
/// <param name="Text">The manifest as it should be; as it was where there is a problem.</param>
/// <param name="Problem">Why it was left alone; null where it was not.</param>
internal sealed record PatchedManifest(string Text, ManifestProblem? Problem);

/// <summary>What in a manifest cannot be understood or must be decided by people.</summary>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based.</param>
/// <param name="Message">One line: what it is and what to do.</param>
internal sealed record ManifestProblem(int Line, int Column, string Message);

/// <summary>Ends the work on a manifest; it never leaves this folder.</summary>
internal sealed class ManifestRefusedException(int line, int column, string message) : Exception(message)
{
    /// <summary>What it is.</summary>
    public ManifestProblem Problem { get; } = new(line, column, message);
}
