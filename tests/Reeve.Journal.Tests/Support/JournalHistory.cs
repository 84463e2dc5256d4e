namespace Reeve.Journaling.Tests.Support;

/// <summary>A random life of a journal on a bad disk, from open to power cut, kill or clean end; its model is checked all along.</summary>
internal sealed class JournalHistory(int seed)
{
    private static readonly JournalOptions Options = new()
    {
        Folder = "/journal",
        SegmentBytes = 40 << 10,
        MaxBytes = 1 << 28,
        MaxPendingBytes = 32 << 10,
        ReadBlockBytes = 4 << 10,
        RetryDelay = TimeSpan.FromMilliseconds(1),
    };

    private readonly Random _random = new(seed);
    private readonly JournalModel _model = new();

    public int PowerCuts { get; private set; }

    /// <summary>Lives again and again on what the last life left.</summary>
    public async Task Run(int lives, DiskFaults faults)
    {
        var disk = new MemoryDisk(seed, faults with { PowerCutAt = NextCut() });
        for (var life = 0; life < lives; life++)
        {
            await Live(disk);
            var next = faults with { PowerCutAt = NextCut() };
            var cut = disk.PowerCut.IsCancellationRequested || disk.Operations >= disk.Faults.PowerCutAt;
            // A third of the time only the process dies in the middle, and the page cache lives on.
            cut = cut && _random.Next(3) > 0;
            PowerCuts += cut ? 1 : 0;
            disk = cut ? disk.AfterPowerCut(_random.Next(), next) : disk.AfterKill(_random.Next(), next);
        }

        await using var journal = Journal.Open(Options, disk.AfterKill(0));
        _model.Check(journal);
    }

    private int NextCut() => _random.Next(1, _random.Next(2) == 0 ? 40 : 300);

    private async Task Live(MemoryDisk disk)
    {
        // Opening may fail on a bad disk, and is then tried again, as an operator would.
        Journal? journal = null;
        while (journal is null && !disk.PowerCut.IsCancellationRequested && disk.Operations < disk.Faults.PowerCutAt)
        {
            try
            {
                journal = Journal.Open(Options, disk);
            }
            catch (IOException)
            {
            }
        }

        if (journal is null)
            return;
        await using (journal)
        {
            try
            {
                _model.Check(journal);
                using var reader = journal.Read(journal.OldestSequence);
                var steps = _random.Next(5, 60);
                for (var step = 0; step < steps; step++)
                    await Step(journal, reader, disk.PowerCut);
            }
            catch (Exception error) when (error is OperationCanceledException or IOException)
            {
                // The power went. Any other failure of the disk is dealt with in the step.
            }
        }
    }

    private async Task Step(Journal journal, JournalReader reader, CancellationToken powerCut)
    {
        switch (_random.Next(10))
        {
            case < 5:
                await Append(journal, powerCut);
                break;
            case < 7:
                for (var count = _random.Next(20); count > 0 && reader.TryRead(out var entry); count--)
                    _model.Read(entry);
                break;
            default:
                Save(journal, "consumer-" + _random.Next(2));
                break;
        }
    }

    private async Task Append(Journal journal, CancellationToken powerCut)
    {
        var end = 0ul;
        for (var batches = _random.Next(1, 4); batches > 0; batches--)
        {
            var payloads = Enumerable.Range(0, _random.Next(1, 5)).Select(_ => Payload()).ToArray();
            using var batch = new JournalBatch();
            foreach (var payload in payloads)
                batch.Add(payload);
            var append = await journal.AppendAsync(batch, powerCut);
            _model.Appended(append, payloads);
            end = append.End;
        }

        if (_random.Next(5) == 0)
            return;
        await journal.WaitDurableAsync(end, powerCut);
        _model.Acknowledged(end);
    }

    private byte[] Payload()
    {
        var payload = new byte[_random.Next(6) == 0 ? _random.Next(9000) : _random.Next(200)];
        if (_random.Next(4) > 0)
            _random.NextBytes(payload);
        return payload;
    }

    private void Save(Journal journal, string consumer)
    {
        try
        {
            var known = _model.Knows(consumer);
            var cursor = journal.OpenCursor(consumer);
            if (!known)
                _model.Saved(cursor);
            var position = cursor.Position + (ulong)_random.NextInt64((long)(journal.DurableEnd - cursor.Position) + 1);
            if (_random.Next(3) == 0 && position > cursor.Position)
            {
                _model.Saving(cursor, cursor.Position, new JournalRange(cursor.Position, position));
                cursor.SavePending(cursor.Position, position);
            }
            else
            {
                _model.Saving(cursor, position, null);
                cursor.Save(position);
            }

            _model.Saved(cursor);
        }
        catch (IOException)
        {
            // The disk refused; the model knows both places.
        }
    }
}
