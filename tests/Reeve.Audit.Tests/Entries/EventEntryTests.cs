using System.Buffers;
using System.Net;
using CsCheck;
using Reeve.Audit.Entries;

namespace Reeve.Audit.Tests.Entries;

public sealed class EventEntryTests
{
    private static readonly Gen<DateTime> Times = Gen.Long[0, DateTime.MaxValue.Ticks].Select(ticks => new DateTime(ticks, DateTimeKind.Utc));

    private static readonly Gen<UInt128> Hashes = Gen.Select(Gen.ULong, Gen.ULong, (high, low) => new UInt128(high, low));

    private static readonly Gen<IPAddress> Addresses = Gen.OneOf(
        Gen.Byte.Array[4].Select(bytes => new IPAddress(bytes)),
        Gen.Byte.Array[16].Select(bytes => new IPAddress(bytes)),
        Gen.Const(IPAddress.IPv6None));

    private static readonly Gen<EventContext> Contexts =
        Gen.Select(
            Gen.Select(Times, Times, Gen.Int[0, DateOnly.MaxValue.DayNumber], Gen.Byte),
            Gen.Select(Gen.Byte[0, 5], Gen.UShort, Gen.Bool),
            Gen.Select(Hashes, Hashes, Addresses),
            Gen.Select(Gen.Long, Gen.Long, Gen.Long),
            Gen.String.Array[5],
            (times, marks, hashes, origin, names) => new EventContext
            {
                Received = times.Item1,
                Time = times.Item2,
                Day = DateOnly.FromDayNumber(times.Item3),
                Retention = times.Item4,
                Integrity = (Integrity)marks.Item1,
                Marks = (EventMarks)marks.Item2,
                Primary = marks.Item3,
                RequestKey = hashes.Item1,
                Fingerprint = hashes.Item2,
                Ip = hashes.Item3,
                Origin = new RecordOrigin(origin.Item1, origin.Item2, origin.Item3),
                Cluster = Utf8Safe(names[0]),
                Source = Utf8Safe(names[1]),
                Host = Utf8Safe(names[2]),
                Envelope = Utf8Safe(names[3]),
                Cause = Utf8Safe(names[4]),
            });

    [Fact]
    public void An_entry_gives_back_what_was_written() =>
        Gen.Select(Contexts, Gen.Byte.Array[0, 100]).Sample((context, raw) =>
        {
            var payload = Write(context, raw);
            Assert.True(EventEntry.TryRead(payload, out var read, out var readRaw));
            Assert.Equal(context, read);
            Assert.Equal(raw, readRaw.ToArray());
            Assert.True(EventEntry.TryRead(payload, out var cached, out _, new NameCache()));
            Assert.Equal(context, cached);
        });

    [Fact]
    public void Hostile_bytes_are_refused_or_read_but_never_throw() =>
        Gen.Select(Contexts, Gen.Int[0, 200], Gen.Byte, Gen.Int[0, 200]).Sample((context, at, value, length) =>
        {
            var payload = Write(context, []);
            payload[at % payload.Length] = value;
            var cut = payload.AsMemory(0, Math.Min(length, payload.Length));
            if (EventEntry.TryRead(cut, out _, out var raw, new NameCache()))
                Assert.True(raw.Length <= cut.Length);
        });

    [Fact]
    public void Random_bytes_never_throw() =>
        Gen.Byte.Array[0, 300].Sample(bytes => { EventEntry.TryRead(bytes, out _, out _); });

    [Fact]
    public void A_cut_context_and_another_version_are_refused()
    {
        var payload = Write(new EventContext { Received = default, Time = default, Day = default, Cluster = "prod", Source = "file", Host = "a" }, []);
        for (var length = 0; length < payload.Length; length++)
            Assert.False(EventEntry.TryRead(payload.AsMemory(0, length), out _, out _));
        payload[0]++;
        Assert.False(EventEntry.TryRead(payload, out _, out _));
    }

    [Fact]
    public void An_entry_of_before_there_were_envelopes_is_read_as_it_was_written()
    {
        var context = new EventContext { Received = default, Time = default, Day = default, Cluster = "prod", Source = "file", Host = "a" };
        // Version 1 ended with the host; two empty texts are a byte each.
        byte[] old = [1, .. Write(context, [])[1..^2], .. "{}"u8];
        Assert.True(EventEntry.TryRead(old, out var read, out var raw));
        Assert.Equal(context, read);
        Assert.Equal("{}"u8, raw.Span);
    }

    [Fact]
    public void A_cache_gives_one_string_for_equal_names()
    {
        var cache = new NameCache();
        Assert.Same(cache.Get("prod"u8), cache.Get("prod"u8));
        for (var i = 0; i < 5_000; i++)
            Assert.Equal($"{i}", cache.Get(System.Text.Encoding.UTF8.GetBytes($"{i}")));
        Assert.Equal(new string('x', 1000), cache.Get(Enumerable.Repeat((byte)'x', 1000).ToArray()));
    }

    private static byte[] Write(EventContext context, byte[] raw)
    {
        var buffer = new ArrayBufferWriter<byte>();
        EventEntry.Write(buffer, context, raw);
        return buffer.WrittenSpan.ToArray();
    }

    // Half a surrogate pair has no UTF-8.
    private static string Utf8Safe(string text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));
}
