namespace Reeve.Store.ClickHouse.Embedded;

/// <summary>How the server runs the embedded store as its child process.</summary>
public sealed record StoreProcessOptions
{
    /// <summary>The program that hosts the store: this one.</summary>
    public required string File { get; init; }

    /// <summary>Its arguments: <c>store --data DIR --socket PATH …</c>.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The folder of the store, as in the arguments.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The socket it answers on, as in the arguments.</summary>
    public required string Socket { get; init; }

    /// <summary>Environment variables beside those of this process.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>How long it may take until it answers; loading many parts takes a while.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long it may take to end by itself; then it is killed.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How often a running store is asked whether it still answers; it is killed when it does not three times in a row.</summary>
    public TimeSpan CheckEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long to wait before it is started again.</summary>
    public RestartDelay Delay { get; init; } = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1));
}

/// <summary>The pause before a restart: it doubles from <paramref name="First"/> to <paramref name="Longest"/> and starts over after a healthy time.</summary>
/// <param name="First">The pause after the first crash.</param>
/// <param name="Longest">No pause is longer.</param>
/// <param name="HealthyAfter">A process that answered this long ended its predecessors' series.</param>
public sealed record RestartDelay(TimeSpan First, TimeSpan Longest, TimeSpan HealthyAfter)
{
    /// <summary>The next pause, after one of <paramref name="previous"/> (zero for none) and a process that answered for <paramref name="healthyFor"/>.</summary>
    public TimeSpan After(TimeSpan previous, TimeSpan healthyFor)
    {
        if (previous == TimeSpan.Zero || healthyFor >= HealthyAfter)
            return First;
        return previous * 2 < Longest ? previous * 2 : Longest;
    }
}
