namespace Reeve.Server.Sources;

/// <summary>Frames bytes from outside into records and hands them to an intake.</summary>
internal interface ISource
{
    /// <summary>The source's name.</summary>
    string Name { get; }

    /// <summary>Reads until cancelled.</summary>
    Task RunAsync(CancellationToken ct);

    /// <summary>Reports that it ended by a failure.</summary>
    void Fail(string reason);
}
