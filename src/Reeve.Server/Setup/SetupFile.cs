namespace Reeve.Server.Setup;

/// <summary>A file of a chain.</summary>
/// <param name="Path">Where it belongs: absolute on the node; relative where people run a tool on it.</param>
/// <param name="Text">What it holds, with a line break at its end.</param>
internal sealed record SetupFile(string Path, string Text)
{
    /// <summary>Whether it holds a token, so that nobody else may read it and it is not shown.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Whether it is a program.</summary>
    public bool IsProgram { get; init; }

    /// <summary>Whether it stays as it is where there is one already, because people write it themselves.</summary>
    public bool IsPolicy { get; init; }

    /// <summary>Whether it is for the machine of Reeve and only shown.</summary>
    public bool IsForReeve { get; init; }
}
