using System.Buffers;
using Reeve.Audit.Reading;
using Reeve.Testing;

namespace Reeve.Audit.Tests.Reading;

/// <summary>A share of what <c>bench/fuzz</c> does, over the logs that come with Reeve.</summary>
public sealed class MutatedRecordTests
{
    private const int Inputs = 20_000;
    private const int Longest = 8 << 10;

    // White space, and what parts the items of lists.
    private static readonly SearchValues<byte> Nothing = SearchValues.Create(" \t\r\n\uFEFF[],"u8);

    private static readonly EventLimits Limits = new() { Event = 4 << 10, Kept = 1 << 10 };

    [Fact]
    public void Every_mutated_record_gives_events_within_the_limits_that_the_journal_gives_again()
    {
        var lines = Directory.GetFiles(Path.Combine(Repository.Root, "samples"), "*.zst").Order(StringComparer.Ordinal)
            .SelectMany(path => RealLogs.Lines(RealLogs.Bytes(path)).Take(40)).ToList();
        var mutator = new Mutator(1, lines);
        var (reader, restorer, restored) = (Readers.New(Limits), new EventRestorer(), new AuditEvent());
        for (var i = 0; i < Inputs; i++)
        {
            var input = mutator.Next(Longest);
            var sink = new CollectingSink();
            reader.Read(input, sink);
            Assert.Equal(input.AsSpan().ContainsAnyExcept(Nothing), sink.Events.Count > 0);
            foreach (var read in sink.Events)
            {
                Assert.True(read.Raw.Length <= Limits.LargestRaw);
                restorer.Restore(read.Raw, restored);
                Assert.Equal(read.Values, EventCopy.Of(restored).Values);
            }
        }
    }
}
