using System.Net;
using Reeve.Server.Configuration;

namespace Reeve.Server.Sources.Listening;

/// <summary>Where a source listens, and to whom.</summary>
internal sealed record ListeningOptions
{
    /// <summary>The source's name.</summary>
    public required string Name { get; init; }

    /// <summary>What is spoken, for people.</summary>
    public required string Protocol { get; init; }

    /// <summary>Where it waits for connections.</summary>
    public required ListenAddress Listen { get; init; }

    /// <summary>Networks that may send; empty: everybody who can reach it.</summary>
    public IReadOnlyList<IPNetwork> Trust { get; init; } = [];

    /// <summary>The certificate and whose senders' are taken; null where nothing is encrypted.</summary>
    public SenderTls? Tls { get; init; }

    /// <summary>How long TLS may take to come about.</summary>
    public TimeSpan HandshakeTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What is stamped on the records of a sender.</summary>
    public required Func<Sender, SourceIdentity> Identify { get; init; }

    /// <summary>Changes when <see cref="Identify"/> may answer otherwise than before.</summary>
    public required Func<long> MapVersion { get; init; }

    /// <summary>How many connections are open at most; a newer one is closed at once.</summary>
    public int MaxConnections { get; init; } = 1_000;

    /// <summary>
    /// How many bytes all connections hold together, at most, of frames longer than half a MiB that have not ended; of one more the
    /// beginning is kept, as of one that is too long.
    /// </summary>
    public long MaxHeld { get; init; } = 512L << 20;

    /// <summary>How many bytes are journalled together at most, unless one record is larger.</summary>
    public int Batch { get; init; } = 1024 * 1024;

    /// <summary>How long the rest of a frame is waited for when the source is told to end.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often the registry is told the state.</summary>
    public TimeSpan ReportEvery { get; init; } = TimeSpan.FromMilliseconds(250);
}
