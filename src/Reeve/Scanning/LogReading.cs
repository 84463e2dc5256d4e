using System.Security.Cryptography;
using Reeve.Audit.Reading;
using Reeve.Audit.Scrubbing;
using Reeve.Server.Sources;
using Reeve.Server.Sources.Files;

namespace Reeve.Scanning;

/// <summary>Reads the events of logs, of any shape the reader knows, packed or not, with a key for fingerprints that nobody keeps. Not thread-safe.</summary>
/// <param name="sink">Takes them.</param>
internal sealed class LogReading(IEventSink sink) : IDisposable
{
    /// <summary>The path that stands for standard input.</summary>
    public const string StandardInput = "-";

    private static readonly EventLimits Limits = new();

    private readonly Scrubber _scrubber = new(new ScrubKey(RandomNumberGenerator.GetBytes(32)));
    private LineFramer? _lines;
    private EventReader? _reader;

    /// <summary>The file that is read.</summary>
    public string File { get; private set; } = "";

    /// <summary>The line on which the record begins whose events the sink takes, 1-based.</summary>
    public long Line { get; private set; }

    /// <summary>Reads a file, or standard input.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="progress">Told how many bytes of it on the disk have been read; of standard input, nothing.</param>
    /// <param name="ct">Ends it between two lines.</param>
    /// <exception cref="IOException">It cannot be read to its end; what was read counts.</exception>
    public void Read(string path, Action<long> progress, CancellationToken ct)
    {
        (File, Line) = (path, 1);
        if (path == StandardInput)
        {
            using var input = Console.OpenStandardInput();
            Read(input, () => 0, progress, ct);
            return;
        }

        using var log = LogContent.Open(path);
        Read(log.ReadFrom(0), () => log.FilePosition, progress, ct);
    }

    /// <summary>Reads one record.</summary>
    public void Read(ReadOnlyMemory<byte> record)
    {
        Line++;
        Reader.Read(record, sink);
    }

    /// <inheritdoc/>
    public void Dispose() => _lines?.Dispose();

    private EventReader Reader => _reader ??= new EventReader(_scrubber, Limits);

    private void Read(Stream content, Func<long> position, Action<long> progress, CancellationToken ct)
    {
        _lines ??= new LineFramer(Limits, _scrubber);
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            var read = content.Read(_lines.GetMemory().Span);
            _lines.Advance(read);
            while (_lines.TryRead(out var line))
                Take(line);
            progress(position());
            if (read > 0)
                continue;
            if (_lines.TryTakeRest(out var rest))
                Take(rest);
            return;
        }
    }

    private void Take(FramedRecord line)
    {
        Reader.Read(line.Bytes, line.Tail, sink);
        Line += line.Breaks + 1;
    }
}
