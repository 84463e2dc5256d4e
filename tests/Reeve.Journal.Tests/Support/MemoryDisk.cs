using Reeve.Journaling.Files;

namespace Reeve.Journaling.Tests.Support;

/// <summary>How often a <see cref="MemoryDisk"/> misbehaves: 0 never, 1 always.</summary>
internal sealed record DiskFaults
{
    public double ShortReads { get; init; }

    public double ShortWrites { get; init; }

    public double NoSpace { get; init; }

    public double FailedSyncs { get; init; }

    /// <summary>The number of the operation in which the power goes; 0 never.</summary>
    public int PowerCutAt { get; init; }
}

/// <summary>
/// A disk in memory that forgets at a power cut everything not synced, names too, and that can be full, slow to take all
/// bytes, and broken. Thread-safe.
/// </summary>
internal sealed class MemoryDisk : IJournalFileSystem, IDisposable
{
    private const string Crashed = "the power is gone";

    private readonly Lock _gate = new();
    private readonly Random _random;
    private readonly Dictionary<string, MemoryFile> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MemoryFile> _durableNames = new(StringComparer.Ordinal);
    private readonly List<(string Path, MemoryFile? File)> _unsyncedNames = [];
    private readonly HashSet<string> _locks = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _powerCut = new();
    private int _operations;

    public MemoryDisk(int seed = 0, DiskFaults? faults = null)
    {
        _random = new Random(seed);
        Faults = faults ?? new DiskFaults();
    }

    public DiskFaults Faults { get; set; }

    /// <summary>Bytes the disk takes.</summary>
    public long Capacity { get; set; } = long.MaxValue;

    /// <summary>Set while no file may be written: what an operator would call a dead disk.</summary>
    public bool Broken { get; set; }

    /// <summary>Called before every sync with the file's path; the test can hold it up.</summary>
    public Action<string> BeforeSync { get; set; } = _ => { };

    /// <summary>Cancelled at the power cut.</summary>
    public CancellationToken PowerCut => _powerCut.Token;

    public int Operations => Volatile.Read(ref _operations);

    public IReadOnlyList<string> Paths
    {
        get
        {
            lock (_gate)
                return [.. _names.Keys.Order(StringComparer.Ordinal)];
        }
    }

    private long Used => _names.Values.Distinct().Sum(file => (long)file.Content.Length);

    /// <summary>The disk when the machine starts again.</summary>
    public MemoryDisk AfterPowerCut(int seed, DiskFaults? faults = null)
    {
        lock (_gate)
        {
            var disk = new MemoryDisk(seed, faults);
            var names = new Dictionary<string, MemoryFile>(_durableNames, StringComparer.Ordinal);
            foreach (var (path, file) in _unsyncedNames.Where(_ => _random.Next(2) == 0))
                Apply(names, path, file);
            foreach (var (path, file) in names)
                disk._names[path] = disk._durableNames[path] = file.AfterPowerCut(_random);
            return disk;
        }
    }

    /// <summary>The disk when only the process died: its cache is still there, synced or not.</summary>
    public MemoryDisk AfterKill(int seed, DiskFaults? faults = null)
    {
        lock (_gate)
        {
            var disk = new MemoryDisk(seed, faults);
            var copies = new Dictionary<MemoryFile, MemoryFile>();
            MemoryFile CopyOf(MemoryFile file) =>
                copies.TryGetValue(file, out var copy) ? copy : copies[file] = file.Copy();
            foreach (var (path, file) in _names)
                disk._names[path] = CopyOf(file);
            foreach (var (path, file) in _durableNames)
                disk._durableNames[path] = CopyOf(file);
            disk._unsyncedNames.AddRange(_unsyncedNames.Select(name => (name.Path, name.File is null ? null : CopyOf(name.File))));
            return disk;
        }
    }

    /// <summary>The bytes of a file, for the test to damage.</summary>
    public byte[] Content(string path)
    {
        lock (_gate)
            return _names[path].Content;
    }

    public void Dispose() => _powerCut.Dispose();

    public void CreateFolder(string folder)
    {
    }

    public IReadOnlyList<string> List(string folder) => Do(() => (IReadOnlyList<string>)
        [.. _names.Keys.Where(path => Path.GetDirectoryName(path) == folder).Select(path => Path.GetFileName(path))]);

    public IJournalFile Open(string path, FileUse use) => Do(() =>
    {
        if (use == FileUse.Create)
        {
            if (_names.ContainsKey(path))
                throw new IOException("File exists", 17);
            Name(path, new MemoryFile());
        }

        return _names.TryGetValue(path, out var file)
            ? new OpenFile(this, path, file)
            : throw new FileNotFoundException("No such file", path);
    });

    public void Rename(string from, string to) => Do(() =>
    {
        var file = _names[from];
        Name(from, null);
        Name(to, file);
        return 0;
    });

    public void Delete(string path) => Do(() =>
    {
        if (_names.ContainsKey(path))
            Name(path, null);
        return 0;
    });

    public void SyncFolder(string folder) => Do(() =>
    {
        foreach (var (path, file) in _unsyncedNames)
            Apply(_durableNames, path, file);
        _unsyncedNames.Clear();
        return 0;
    });

    public IDisposable? TryLock(string path) => Do(() => _locks.Add(path) ? new HeldLock(this, path) : null);

    public long FreeBytes(string folder) => Do(() => Capacity - Used);

    private static void Apply(Dictionary<string, MemoryFile> names, string path, MemoryFile? file)
    {
        if (file is null)
            names.Remove(path);
        else
            names[path] = file;
    }

    private void Name(string path, MemoryFile? file)
    {
        Apply(_names, path, file);
        _unsyncedNames.Add((path, file));
    }

    private bool Chance(double probability) => probability > 0 && _random.NextDouble() < probability;

    private T Do<T>(Func<T> operation)
    {
        lock (_gate)
        {
            // In the middle of the operation, not before it: its effect may or may not be there.
            if (Faults.PowerCutAt > 0 && ++_operations == Faults.PowerCutAt)
            {
                _ = Task.Run(_powerCut.Cancel);
                if (_random.Next(2) == 0)
                    operation();
                throw new IOException(Crashed);
            }

            if (Faults.PowerCutAt > 0 && _operations > Faults.PowerCutAt)
                throw new IOException(Crashed);
            return operation();
        }
    }

    private int Write(MemoryFile file, long offset, ReadOnlySpan<byte> bytes)
    {
        if (Broken)
            throw new IOException("Input/output error", DiskErrors.InputOutput);
        var room = Math.Max(0, Capacity - Used) + Math.Max(0, file.Content.Length - offset);
        var count = (int)Math.Min(bytes.Length, room);
        if (Chance(Faults.ShortWrites) || Chance(Faults.NoSpace))
            count = _random.Next(count + 1);
        if (count > 0)
            file.Write(offset, bytes[..count]);
        if (count == 0 || Chance(Faults.NoSpace))
            throw new IOException("No space left on device", DiskErrors.NoSpace);
        return count;
    }

    private int Sync(MemoryFile file)
    {
        if (Broken || Chance(Faults.FailedSyncs))
        {
            file.LoseDirtyPages(_random);
            throw new IOException("Input/output error", DiskErrors.InputOutput);
        }

        file.Sync();
        return 0;
    }

    private sealed class HeldLock(MemoryDisk disk, string path) : IDisposable
    {
        public void Dispose()
        {
            lock (disk._gate)
                disk._locks.Remove(path);
        }
    }

    private sealed class OpenFile(MemoryDisk disk, string path, MemoryFile file) : IJournalFile
    {
        public long Length => disk.Do(() => file.Content.Length);

        public int Read(long offset, Span<byte> into)
        {
            var count = into.Length;
            var bytes = disk.Do(() =>
            {
                var present = Math.Clamp(file.Content.Length - offset, 0, count);
                if (present > 1 && disk.Chance(disk.Faults.ShortReads))
                    present = disk._random.Next(1, (int)present);
                return file.Content.AsSpan((int)Math.Min(offset, file.Content.Length), (int)present).ToArray();
            });
            bytes.CopyTo(into);
            return bytes.Length;
        }

        public int Write(long offset, ReadOnlySpan<byte> bytes)
        {
            var copy = bytes.ToArray();
            return disk.Do(() => disk.Write(file, offset, copy));
        }

        public void SetLength(long length) => disk.Do(() =>
        {
            file.SetLength(length);
            return 0;
        });

        public void Sync()
        {
            disk.BeforeSync(path);
            disk.Do(() => disk.Sync(file));
        }

        public void Dispose()
        {
        }
    }
}
