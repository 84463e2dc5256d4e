namespace Reeve.Server.Sources;

/// <summary>Frames bytes from outside into records and hands them to an intake. Runs once; see <see cref="SourceRun"/>.</summary>
internal interface ISource
{
    /// <summary>The source's name.</summary>
    string Name { get; }

    /// <summary>Reads until cancelled, or to the end of a finite input.</summary>
    Task RunAsync(CancellationToken ct);

    /// <summary>Reports that it ended by a failure, before it is made anew.</summary>
    void Fail(string reason);
}
