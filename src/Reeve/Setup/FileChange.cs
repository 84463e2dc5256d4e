using Reeve.Server.Setup;

namespace Reeve.Setup;

/// <summary>A file and what becomes of it.</summary>
/// <param name="Path">Where it is written.</param>
/// <param name="Before">What it holds; null where there is none.</param>
/// <param name="After">What it is to hold.</param>
/// <param name="File">What it is; null for a manifest.</param>
internal sealed record FileChange(string Path, string? Before, string After, SetupFile? File)
{
    /// <summary>Where the manifest as it was is kept: never in its own folder, for kubelet runs every file there. Null where none is kept.</summary>
    public string? Backup { get; init; }

    /// <summary>Whether it stays, because people wrote it and did not ask for another.</summary>
    public bool IsKept { get; init; }

    /// <summary>Whether it is written.</summary>
    public bool IsWritten => !IsKept && Before != After;

    /// <summary>What becomes of it, in a word.</summary>
    public string State => IsKept ? "kept" : Before is null ? "new" : Before == After ? "unchanged" : "changed";
}
