namespace Reeve.Server.Sources.Demo;

/// <summary>How the demo tells its story.</summary>
internal sealed record DemoSourceOptions
{
    /// <summary>The type, which <c>reeve.yaml</c> does not know: real events never come from here.</summary>
    public const string Type = "demo";

    /// <summary>The source's name.</summary>
    public required string Name { get; init; }

    /// <summary>The folder of the sample logs.</summary>
    public required string Samples { get; init; }

    /// <summary>The file that remembers, in a data folder that is kept, until when the story was told.</summary>
    public required string Memory { get; init; }

    /// <summary>The mean time between two requests; each has two events, more or less. 500 ms.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How often events that have happened are handed on. 250 ms.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How many bytes are journalled together at most while the past is told. 1 MiB.</summary>
    public int Batch { get; init; } = 1024 * 1024;

    /// <summary>A story that fell behind by more than this, as the machine slept, begins anew. 1 min.</summary>
    public TimeSpan Behind { get; init; } = TimeSpan.FromMinutes(1);
}
