using Reeve.Audit.Reading;
using Reeve.Audit.Scrubbing;

namespace Reeve.Server.Sources.Files;

/// <summary>A file being read: its cursor, and while there is something to read its open content. Not thread-safe.</summary>
internal sealed class LogFile(
    FileCursor cursor, EventLimits limits, Scrubber scrubber, FileSignatures signatures, TimeProvider time) : IDisposable
{
    private OpenLog? _log;
    private Stream? _content;
    private LineFramer? _framer;
    private byte[] _head = [];
    private bool _isChecked;
    private long _changed = time.GetTimestamp();
    private DateTime _written = DateTime.UnixEpoch;

    /// <summary>The last cursor that was taken.</summary>
    public FileCursor Cursor { get; private set; } = cursor;

    /// <summary>Where the file is now; it changes when the file is renamed.</summary>
    public string Path { get; set; } = cursor.Path;

    /// <summary>Bytes of content handed on as lines.</summary>
    public long Offset { get; private set; } = cursor.Offset;

    /// <summary>Lines handed on.</summary>
    public long Line { get; private set; } = cursor.Line;

    /// <summary>
    /// Whether the last line was handed on without its line break: what follows up to the next one is its rest, no line
    /// of its own.
    /// </summary>
    public bool IsInsideLine { get; private set; }

    /// <summary>The size on disk when the end was last reached; −1 while there is more to read.</summary>
    public long SizeAtEnd { get; private set; } = -1;

    /// <summary>Whether reading failed; it is tried again when the paths are looked at next.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>Whether compressed content cannot be read past what was read already.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>Bytes on disk read so far, for the progress of an import.</summary>
    public long FilePosition { get; private set; }

    /// <summary>Bytes on disk.</summary>
    public long Size { get; private set; }

    /// <summary>Whether the file is no longer at a path of the source.</summary>
    public bool IsGone { get; set; }

    /// <summary>Whether its last line is still without a line break.</summary>
    public bool HasPartialLine => _framer is { Unread: > 0 };

    /// <summary>Whether the content is compressed: then it ends where it ends.</summary>
    public bool IsCompressed => _log?.IsCompressed ?? false;

    /// <summary>How long the file has not changed, by the clock of this process.</summary>
    public TimeSpan Quiet => time.GetElapsedTime(_changed);

    /// <summary>
    /// When the file was last written, by the clock of its file system, as far as it was seen while it was open; long ago where that is
    /// not known and for compressed content, which does not grow.
    /// </summary>
    public DateTime LastWrite => _log is { IsCompressed: false } ? _written = _log.Stat().LastWrite : _written;

    /// <summary>Takes a new size of the file on disk.</summary>
    /// <returns>False where it is smaller than what was read: the file was truncated and begins anew.</returns>
    public bool TrySeeSize(long size)
    {
        if (size != Size)
            _changed = time.GetTimestamp();
        Size = size;
        IsPaused = false;
        if (SizeAtEnd >= 0 && size != SizeAtEnd)
            Continue();
        return _log is null or { IsCompressed: true } || size >= Offset;
    }

    /// <summary>Whether there is more to read than at the end that was reached last.</summary>
    public bool HasGrown()
    {
        if (SizeAtEnd < 0)
            return true;
        if (_log is null or { IsCompressed: true } || _log.Stat().Size <= SizeAtEnd)
            return false;
        _changed = time.GetTimestamp();
        Continue();
        return true;
    }

    /// <summary>Reads one piece of content. False at the end, and where compressed content is damaged.</summary>
    /// <exception cref="FileReplacedException">At the path, or in the file, stands something else than was being read.</exception>
    /// <exception cref="IOException">The file cannot be read; reading can be tried again.</exception>
    /// <exception cref="InvalidDataException">Compressed content is damaged from here on; thrown once.</exception>
    public bool TryReadMore()
    {
        if (IsDamaged)
            return false;
        Open();
        _framer ??= new(limits, scrubber);
        _content ??= _log!.ReadFrom(Offset + _framer.Unread);
        var read = _content.Read(_framer.GetMemory().Span);
        _framer.Advance(read);
        FilePosition = _log!.FilePosition;
        return read > 0;
    }

    /// <summary>Returns the next whole line of what was read; valid until the next call.</summary>
    public bool TryTakeLine(out FramedRecord line)
    {
        line = default;
        return _framer is not null && _framer.TryRead(out line) && Count(line, isWhole: true);
    }

    /// <summary>Returns what stands after the last line break.</summary>
    public bool TryTakeRest(out FramedRecord line)
    {
        line = default;
        return _framer is not null && _framer.TryTakeRest(out line) && Count(line, isWhole: false);
    }

    /// <summary>Notes that everything there is was read, and gives back the memory it took.</summary>
    public void ReachEnd()
    {
        SizeAtEnd = IsCompressed ? Size : FilePosition;
        if (!HasPartialLine)
            LetGoOfContent();
    }

    /// <summary>Notes a failure: compressed content ends here for good, anything else can be tried again.</summary>
    public void Pause(Exception failure)
    {
        IsPaused = true;
        IsDamaged = IsCompressed && failure is not UnauthorizedAccessException;
        if (!IsDamaged)
            Close();
    }

    /// <summary>Closes the file; what was read past <see cref="Offset"/> is read again when it is opened next.</summary>
    public void Close()
    {
        LetGoOfContent();
        _log?.Dispose();
        _log = null;
    }

    /// <summary>The cursor at <paramref name="offset"/>, which was handed on and is safe in the journal.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public FileCursor CursorAt(long offset, long line)
    {
        Open();
        return Cursor = Cursor with
        {
            Path = Path,
            Offset = offset,
            Line = line,
            Signature = signatures.Of(_log!, _head, offset),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => Close();

    // A file that was truncated and has grown again can be as large as before: its content is looked at again.
    private void Continue()
    {
        SizeAtEnd = -1;
        IsDamaged = false;
        _isChecked = false;
        if (IsCompressed)
            Close();
    }

    private void Open()
    {
        if (_log is not null && _isChecked)
            return;
        var log = _log ?? LogContent.Open(Path);
        if (log.Stat().Identity != Cursor.Identity || !signatures.Match(Cursor, log))
        {
            if (_log is null)
                log.Dispose();
            throw new FileReplacedException(Path);
        }

        _isChecked = true;
        if (_log is not null)
            return;
        _log = log;
        _head = FileSignatures.ReadHead(log);
        IsInsideLine = Offset > 0 && !log.IsCompressed && log.ReadBetween(Offset - 1, Offset) is not [(byte)'\n'];
    }

    private void LetGoOfContent()
    {
        _content = null;
        _framer?.Dispose();
        _framer = null;
    }

    private bool Count(FramedRecord line, bool isWhole)
    {
        Offset += line.Length;
        Line += 1 + line.Breaks;
        IsInsideLine = !isWhole;
        return true;
    }
}

/// <summary>Something else stands where a file was being read.</summary>
internal sealed class FileReplacedException(string path) : IOException($"{path} was replaced");
