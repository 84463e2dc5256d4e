namespace Reeve.Server.Sources.Files;

/// <summary>What a file source reads, and how.</summary>
internal sealed record FileSourceOptions
{
    /// <summary>The type in <c>reeve.yaml</c>.</summary>
    public const string Type = "file";

    /// <summary>The source's name.</summary>
    public required string Name { get; init; }

    /// <summary>Files and folders.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>What is stamped on the records of the file at a path.</summary>
    public required Func<string, SourceIdentity> Identify { get; init; }

    /// <summary>How much of one file is read before the others have their turn, in bytes.</summary>
    public int Turn { get; init; } = 8 * 1024 * 1024;

    /// <summary>How many bytes are journalled together at most, unless one record is larger.</summary>
    public int Batch { get; init; } = 1024 * 1024;

    /// <summary>How long to wait at the end of all files before looking for more.</summary>
    public TimeSpan PollEvery { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How often the paths are looked at for new, renamed and deleted files.</summary>
    public TimeSpan RefreshEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a file must not have changed before it is closed; a renamed one is then given up.</summary>
    public TimeSpan LetGoAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a file must not have changed before its last line is taken without a line break.</summary>
    public TimeSpan LastLineAfter { get; init; } = TimeSpan.FromSeconds(5);
}
