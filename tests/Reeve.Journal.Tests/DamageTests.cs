using Reeve.Journaling.Files;
using Reeve.Journaling.Frames;
using Reeve.Journaling.Segments;
using Reeve.Journaling.Tests.Support;
using static Reeve.Journaling.Tests.Support.JournalSteps;

namespace Reeve.Journaling.Tests;

/// <summary>Damage done to what was acknowledged: it costs the entries it covers and no other, and no wrong one comes back.</summary>
public sealed class DamageTests
{
    private const string Segment = "/journal/00000000000000000001.seg";

    private static readonly JournalOptions Options = new() { Folder = "/journal", SegmentBytes = 16 << 10, ReadBlockBytes = 1 << 10 };

    [Theory]
    [InlineData(0, "length")]
    [InlineData(2, "length, high byte")]
    [InlineData(4, "rest of the batch")]
    [InlineData(8, "sequence")]
    [InlineData(16, "durable")]
    [InlineData(24, "checksum of the payload")]
    [InlineData(28, "checksum of the header")]
    [InlineData(FrameHeader.Size, "payload")]
    public async Task A_flipped_bit_costs_one_entry(int offset, string field)
    {
        using var disk = await Filled();
        disk.Content(Segment)[OffsetOf(2) + offset] ^= 0x10;
        await using var journal = Journal.Open(Options, disk);

        Assert.Equal(["1:first", "3:third", "4:fourth"], journal.Everything());
        Assert.True(journal.Status.DamagedEntries == 1, field);
        Assert.Equal(FrameHeader.StrideOf("second".Length), journal.Status.DamagedBytes);
        Assert.Equal(5ul, journal.NextSequence);
    }

    [Fact]
    public async Task A_payload_that_looks_like_a_frame_is_never_taken_for_one()
    {
        using var disk = new MemoryDisk();
        await using (var journal = Journal.Open(Options, disk))
        {
            using var forged = new JournalBatch();
            forged.Add("forged"u8);
            var frame = forged.Frames.ToArray();
            FrameHeader.Number(frame, 1, 0);
            FrameHeader.Seal(frame, 1, 0);
            using var batch = new JournalBatch();
            batch.Add(frame);
            batch.Add("second"u8);
            await journal.WaitDurableAsync((await journal.AppendAsync(batch, Ct)).End, Ct);
        }

        disk.Content(Segment)[SegmentHeader.Size] ^= 1;
        await using var again = Journal.Open(Options, disk);
        Assert.Equal(["2:second"], again.Everything());
    }

    [Theory]
    [InlineData(20)]
    [InlineData(4096 + 20)]
    public async Task One_damaged_header_of_a_segment_costs_nothing(int offset)
    {
        using var disk = await Filled();
        disk.Content(Segment)[offset] ^= 1;
        await using var journal = Journal.Open(Options, disk);
        Assert.Equal(4, journal.Everything().Count);
        Assert.Equal(0, journal.Status.DamagedBytes);
    }

    [Fact]
    public async Task A_segment_without_header_is_passed_over_and_its_numbers_are_not_given_again()
    {
        using var disk = await Filled();
        disk.Content(Segment)[20] ^= 1;
        disk.Content(Segment)[4096 + 20] ^= 1;
        await using var journal = Journal.Open(Options, disk);

        Assert.Empty(journal.Everything());
        Assert.True(journal.NextSequence > 4);
        Assert.Equal(disk.Content(Segment).Length, journal.Status.DamagedBytes);
        var append = await journal.Store("fifth");
        Assert.Equal([$"{append.First}:fifth"], journal.Everything());
    }

    [Fact]
    public async Task A_missing_segment_is_counted_and_reading_goes_on_behind_it()
    {
        using var disk = new MemoryDisk();
        await using (var journal = Journal.Open(Options, disk))
        {
            for (var entry = 0; entry < 5; entry++)
                await journal.Store(new string('x', 6000));
        }

        Assert.Equal(5, disk.Paths.Count);
        disk.Delete("/journal/00000000000000000003.seg");
        await using var again = Journal.Open(Options, disk);
        Assert.Equal(["1:x", "2:x", "4:x", "5:x"], again.Everything().Select(entry => entry[..3]));
        Assert.Equal(1ul, again.Status.DamagedEntries);
        Assert.Equal(4, again.Everything().Count);
        Assert.Equal(1ul, again.Status.DamagedEntries);
    }

    [Fact]
    public async Task Random_damage_never_brings_a_wrong_entry_and_spares_all_it_does_not_touch()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            using var disk = new MemoryDisk(seed);
            var payloads = new List<byte[]>();
            await using (var journal = Journal.Open(Options, disk))
            {
                for (var group = random.Next(1, 12); group > 0; group--)
                    await AppendRandom(journal, payloads, random);
            }

            var frames = Frames(disk, payloads.Count);
            var hit = new HashSet<ulong>();
            for (var flips = random.Next(1, 6); flips > 0; flips--)
                Flip(disk, frames, hit, random);
            await using var again = Journal.Open(Options, disk);
            Check(again, payloads, hit, seed);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4096)]
    public async Task A_damaged_slot_of_a_cursor_costs_at_most_the_last_save(int slot)
    {
        using var disk = await Filled();
        await using (var journal = Journal.Open(Options, disk))
        {
            var cursor = journal.OpenCursor("store");
            cursor.Save(2);
            cursor.Save(3);
        }

        disk.Content("/journal/store.cursor")[slot + 17] ^= 1;
        await using var again = Journal.Open(Options, disk);
        var position = again.OpenCursor("store").Position;
        Assert.Equal(slot == 0 ? 2ul : 3ul, position);
        again.OpenCursor("store").Save(4);
        Assert.Equal(4ul, again.OpenCursor("store").Position);
    }

    private static async Task<MemoryDisk> Filled()
    {
        var disk = new MemoryDisk();
        await using var journal = Journal.Open(Options, disk);
        await journal.Store("first");
        await journal.Store("second", "third");
        await journal.Store("fourth");
        return disk;
    }

    private static int OffsetOf(int entry) => SegmentHeader.Size + ((entry - 1) * (int)FrameHeader.StrideOf(6));

    private static async Task AppendRandom(Journal journal, List<byte[]> payloads, Random random)
    {
        using var batch = new JournalBatch();
        for (var count = random.Next(1, 6); count > 0; count--)
        {
            var payload = new byte[random.Next(2000)];
            random.NextBytes(payload);
            batch.Add(payload);
            payloads.Add(payload);
        }

        await journal.WaitDurableAsync((await journal.AppendAsync(batch, Ct)).End, Ct);
    }

    /// <summary>Where every entry lies, header and payload, found while nothing is damaged.</summary>
    private static List<(string Path, int Offset, int Bytes, ulong Sequence)> Frames(MemoryDisk disk, int count)
    {
        var frames = new List<(string, int, int, ulong)>();
        foreach (var path in disk.Paths.Where(path => path.EndsWith(".seg", StringComparison.Ordinal)))
        {
            using var file = disk.Open(path, FileUse.Read);
            using var scanner = new FrameScanner(4096);
            var header = SegmentHeader.Read(file, Journaling.Segments.Segment.FirstOf(Path.GetFileName(path))!.Value, path)!.Value;
            scanner.Start(file, header.Salt, header.First, SegmentHeader.Size);
            while (scanner.Next(file.Length, ulong.MaxValue) is var step and not FrameStep.End)
            {
                if (step == FrameStep.Entry)
                    frames.Add((path, (int)(scanner.Offset - scanner.Header.Stride), FrameHeader.Size + scanner.Header.Length, scanner.Header.Sequence));
            }
        }

        Assert.Equal(count, frames.Count);
        return frames;
    }

    private static void Flip(MemoryDisk disk, List<(string Path, int Offset, int Bytes, ulong Sequence)> frames, HashSet<ulong> hit, Random random)
    {
        var frame = frames[random.Next(frames.Count)];
        var content = disk.Content(frame.Path);
        // Not in the mark behind the last entry: without it, damage in the last group counts as a torn write.
        var end = frames.Where(other => other.Path == frame.Path).Max(other => other.Offset + other.Bytes);
        var at = random.Next(3) == 0 ? random.Next(SegmentHeader.Size, end) : frame.Offset + random.Next(frame.Bytes);
        content[at] ^= (byte)(1 << random.Next(8));
        foreach (var other in frames.Where(other => other.Path == frame.Path && at >= other.Offset && at < other.Offset + other.Bytes))
            hit.Add(other.Sequence);
    }

    private static void Check(Journal journal, List<byte[]> payloads, HashSet<ulong> hit, int seed)
    {
        var read = new HashSet<ulong>();
        using var reader = journal.Read(1);
        while (reader.TryRead(out var entry))
        {
            read.Add(entry.Sequence);
            Assert.True(payloads[(int)entry.Sequence - 1].AsSpan().SequenceEqual(entry.Payload.Span), $"seed {seed}: entry {entry.Sequence} is wrong");
        }

        // Two flips in one place undo each other, so that an entry that was hit may be whole.
        var lost = Enumerable.Range(1, payloads.Count).Select(sequence => (ulong)sequence).Where(sequence => !read.Contains(sequence)).ToList();
        Assert.True(lost.TrueForAll(hit.Contains), $"seed {seed}: lost {string.Join(' ', lost)}, hit {string.Join(' ', hit.Order())}");
        Assert.Equal((ulong)lost.Count, journal.Status.DamagedEntries);
    }
}
