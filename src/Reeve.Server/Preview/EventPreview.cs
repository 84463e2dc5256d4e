using Reeve.Audit.Reading;
using Reeve.Audit.Scrubbing;
using Reeve.Server.Configuration;

namespace Reeve.Server.Preview;

/// <summary>
/// Reads events in memory as a source's would be read, scrubbed too, so that a person sees what Reeve makes of them.
/// Nothing is stored, journalled, logged or counted. Thread-safe; reads few at a time and lets the others wait.
/// </summary>
internal sealed class EventPreview(ScrubKey key, DeclaredPaths paths, EventLimits limits, ReeveConfiguration configuration, TimeProvider time) : IDisposable
{
    /// <summary>Most bytes read at once, unpacked.</summary>
    public const int MaxBytes = 16 << 20;

    /// <summary>Most events that are answered; the others are counted.</summary>
    public const int MaxEvents = 1_000;

    private const int MostAtOnce = 2;

    private readonly SemaphoreSlim _places = new(MostAtOnce, MostAtOnce);

    /// <summary>Reads what a person pasted, or a file's content; any bytes will do.</summary>
    /// <param name="content">What to read, unpacked.</param>
    /// <param name="isPart">Whether there was more than is read.</param>
    /// <param name="cancellationToken">Ends it between two records.</param>
    public async Task<PreviewAnswer> ReadAsync(ReadOnlyMemory<byte> content, bool isPart, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            // Not on the thread of a page: the largest take seconds.
            return await Task.Run(() => Read(content, isPart, cancellationToken), cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

    private PreviewAnswer Read(ReadOnlyMemory<byte> content, bool isPart, CancellationToken cancellationToken)
    {
        var sink = new PreviewSink(time.GetUtcNow().UtcDateTime, configuration.Limits.Horizon);
        var reader = new EventReader(new Scrubber(key, paths), limits);
        foreach (var record in PastedRecords.Of(content))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var message = sink.Begin(record);
            reader.Read(message, default, sink.Delivery, sink);
        }

        return sink.Answer(content.Length, isPart);
    }
}

/// <summary>What Reeve read.</summary>
/// <param name="Events">The first <see cref="EventPreview.MaxEvents"/>, in their order.</param>
/// <param name="Total">All events and unreadable records.</param>
/// <param name="Unreadable">Those of them no event could be read from.</param>
/// <param name="Cut">Those of which a part is missing.</param>
/// <param name="Duplicates">Those that are equal to one before them and would not be stored again.</param>
/// <param name="Bytes">The size of what was read, unpacked.</param>
/// <param name="IsPart">Whether there was more than was read.</param>
public sealed record PreviewAnswer(
    IReadOnlyList<PreviewedEvent> Events, int Total, int Unreadable, int Cut, int Duplicates, long Bytes, bool IsPart)
{
    /// <summary>Lines of other logs that travelled with the events.</summary>
    public int Others { get; init; }
}
