namespace Reeve.Server.Sources.Webhook;

/// <summary>How much the webhook takes at once, and how long it waits.</summary>
internal sealed record WebhookOptions
{
    /// <summary>The type in <c>reeve.yaml</c>, and the name of the source where it stands in no configuration.</summary>
    public const string Type = "webhook";

    /// <summary>The largest body, decompressed. Of a larger one the beginning is kept.</summary>
    public int MaxBody { get; init; } = 64 << 20;

    /// <summary>How much further a larger body is read, to say how much is missing and so that its sender hears the answer.</summary>
    public long MaxRest { get; init; } = 256 << 20;

    /// <summary>Bytes of all bodies in memory at most; a request that needs more is to come again.</summary>
    public long BytesInFlight { get; init; } = 192 << 20;

    /// <summary>Bodies that are read and journalled at the same time; others wait for their turn.</summary>
    public int Intakes { get; init; } = 64;

    /// <summary>How long a request waits for the journal, or for the server to start. The apiserver gives up after 30 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a body may take to arrive; longer than any apiserver goes on sending one.</summary>
    public TimeSpan BodyTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Bytes a second that a sender must keep up once <see cref="SlowGrace"/> has passed.</summary>
    public double SlowestRate { get; init; } = 1024;

    /// <summary>How long a sender may be slower than that; more than a second.</summary>
    public TimeSpan SlowGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many bodies are remembered, to answer one that comes again without reading its events.</summary>
    public int RememberedBodies { get; init; } = 10_000;

    /// <summary>
    /// How long they are. The last try of an apiserver comes four minutes after the first; events are known for far longer,
    /// so that no body outlives them (<see cref="Pipeline.RecentEvents"/>).
    /// </summary>
    public TimeSpan RememberedFor { get; init; } = TimeSpan.FromMinutes(15);
}
