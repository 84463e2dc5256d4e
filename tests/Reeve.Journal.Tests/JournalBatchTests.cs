using System.Text;
using Reeve.Journaling.Frames;
using Reeve.Journaling.Tests.Support;
using static Reeve.Journaling.Tests.Support.JournalSteps;

namespace Reeve.Journaling.Tests;

public sealed class JournalBatchTests : IDisposable
{
    private readonly JournalFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_batch_is_free_as_soon_as_it_is_appended()
    {
        await using var journal = Journal.Open(_folder.Options);
        using var batch = new JournalBatch();
        var end = 0ul;
        for (var round = 0; round < 50; round++)
        {
            batch.Clear();
            batch.Add(Encoding.UTF8.GetBytes($"round {round}"));
            end = (await journal.AppendAsync(batch, Ct)).End;
        }

        await journal.WaitDurableAsync(end, Ct);
        Assert.Equal(Enumerable.Range(0, 50).Select(round => $"{round + 1}:round {round}"), journal.Everything());
    }

    [Fact]
    public async Task A_payload_can_be_written_in_pieces_and_taken_back()
    {
        await using var journal = Journal.Open(_folder.Options);
        using var batch = new JournalBatch();
        var piece = new byte[1000];
        var writer = batch.BeginEntry();
        for (var count = 0; count < 30; count++)
        {
            Array.Fill(piece, (byte)('a' + count % 26));
            piece.CopyTo(writer.GetSpan(piece.Length));
            writer.Advance(piece.Length);
        }

        batch.EndEntry();
        batch.BeginEntry().GetSpan(5);
        batch.AbandonEntry();
        Assert.Equal(1, batch.Count);
        Assert.Equal(FrameHeader.StrideOf(30_000), batch.Bytes);
        var append = await journal.AppendAsync(batch, Ct);
        await journal.WaitDurableAsync(append.End, Ct);
        var text = Assert.Single(journal.Everything())[2..];
        Assert.Equal(string.Concat(Enumerable.Range(0, 30).Select(count => new string((char)('a' + count % 26), 1000))), text);
    }

    [Fact]
    public async Task An_entry_above_the_limit_is_refused_with_both_sizes_and_nothing_is_taken()
    {
        await using var journal = Journal.Open(_folder.Options with { MaxEntryBytes = 10 });
        using var batch = Batch("fits", "does not fit");
        var error = await Assert.ThrowsAsync<ArgumentException>(async () => await journal.AppendAsync(batch, Ct));
        Assert.Contains("12 bytes is larger than the journal's limit of 10", error.Message, StringComparison.Ordinal);
        Assert.Equal(1ul, journal.NextSequence);
    }

    [Fact]
    public async Task An_unfinished_entry_cannot_be_appended()
    {
        await using var journal = Journal.Open(_folder.Options);
        using var batch = Batch("whole");
        batch.BeginEntry();
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await journal.AppendAsync(batch, Ct));
        Assert.Equal(1ul, journal.NextSequence);
    }

    [Fact]
    public async Task An_empty_batch_takes_no_number_and_waits_for_nothing()
    {
        await using var journal = Journal.Open(_folder.Options);
        using var batch = new JournalBatch();
        var append = await journal.AppendAsync(batch, Ct);
        Assert.Equal(new JournalAppend(1, 1), append);
        await journal.WaitDurableAsync(append.End, Ct);
    }

    [Fact]
    public async Task Many_appenders_get_distinct_numbers_and_their_own_entries_back()
    {
        await using var journal = Journal.Open(_folder.Options with { SegmentBytes = 64 << 10 });
        var appends = await Task.WhenAll(Enumerable.Range(0, 8).Select(async worker =>
        {
            var mine = new List<(ulong Sequence, string Text)>();
            for (var round = 0; round < 100; round++)
            {
                var append = await journal.Store($"{worker}/{round}/a", $"{worker}/{round}/b");
                mine.Add((append.First, $"{worker}/{round}/a"));
                mine.Add((append.First + 1, $"{worker}/{round}/b"));
            }

            return mine;
        }));
        var expected = appends.SelectMany(mine => mine).OrderBy(entry => entry.Sequence).Select(entry => $"{entry.Sequence}:{entry.Text}");
        Assert.Equal(expected, journal.Everything());
        Assert.True(journal.Status.Segments > 1);
    }

    [Theory]
    [InlineData("", 0u)]
    [InlineData("123456789", 0xE3069283u)]
    public void Checksums_are_those_of_Castagnoli(string text, uint expected) =>
        Assert.Equal(expected, Crc32C.Of(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void Checksums_of_the_RFC_are_met() => Assert.Equal(0x8A9136AAu, Crc32C.Of(new byte[32]));
}
