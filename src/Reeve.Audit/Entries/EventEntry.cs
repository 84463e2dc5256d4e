using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Reeve.Audit.Entries;

/// <summary>
/// An event as the journal keeps it: a version, its context, its scrubbed JSON. Numbers are little-endian, text is
/// UTF-8 behind its length as LEB128; the JSON takes the rest. Reading never throws, whatever the bytes.
/// </summary>
public static class EventEntry
{
    // Entries of version 1 end behind the host.
    private const byte Oldest = 1;
    private const byte Version = 2;

    /// <summary>Writes one entry.</summary>
    public static void Write(IBufferWriter<byte> into, EventContext context, ReadOnlySpan<byte> raw)
    {
        ArgumentNullException.ThrowIfNull(into);
        ArgumentNullException.ThrowIfNull(context);
        var writer = new EntryWriter(into);
        writer.Byte(Version);
        writer.Time(context.Received);
        writer.Time(context.Time);
        writer.Int32(context.Day.DayNumber);
        writer.Byte(context.Retention);
        writer.Byte((byte)context.Integrity);
        writer.UInt16((ushort)context.Marks);
        writer.Byte(context.Primary ? (byte)1 : (byte)0);
        writer.UInt128(context.RequestKey);
        writer.UInt128(context.Fingerprint);
        writer.Address(context.Ip);
        writer.Varint((ulong)context.Origin.Stream);
        writer.Varint((ulong)context.Origin.End);
        writer.Varint((ulong)context.Origin.Line);
        writer.Text(context.Cluster);
        writer.Text(context.Source);
        writer.Text(context.Host);
        writer.Text(context.Envelope);
        writer.Text(context.Cause);
        into.Write(raw);
    }

    /// <summary>
    /// Reads an entry; <paramref name="raw"/> is a part of the payload, not a copy. False for what no version of this
    /// class wrote. <paramref name="names"/> saves the strings that repeat.
    /// </summary>
    public static bool TryRead(
        ReadOnlyMemory<byte> payload,
        [NotNullWhen(true)] out EventContext? context,
        out ReadOnlyMemory<byte> raw,
        NameCache? names = null)
    {
        context = null;
        raw = default;
        var reader = new EntryReader(payload.Span, names);
        var version = reader.Byte();
        if (version is < Oldest or > Version)
            return false;
        var read = new EventContext
        {
            Received = reader.Time(),
            Time = reader.Time(),
            Day = reader.Day(),
            Retention = reader.Byte(),
            Integrity = (Integrity)reader.Byte(),
            Marks = (EventMarks)reader.UInt16(),
            Primary = reader.Byte() == 1,
            RequestKey = reader.UInt128(),
            Fingerprint = reader.UInt128(),
            Ip = reader.Address(),
            Origin = new RecordOrigin((long)reader.Varint(), (long)reader.Varint(), (long)reader.Varint()),
            Cluster = reader.Text(),
            Source = reader.Text(),
            Host = reader.Text(),
            Envelope = version > 1 ? reader.Text() : "",
            Cause = version > 1 ? reader.Text() : "",
        };
        if (reader.Failed)
            return false;
        context = read;
        raw = payload[reader.Position..];
        return true;
    }
}
