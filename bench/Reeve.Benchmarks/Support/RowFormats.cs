using System.Buffers;
using Reeve.Audit;
using Reeve.Audit.Entries;
using Reeve.Store.Loading;

namespace Reeve.Benchmarks.Support;

/// <summary>How an event becomes a row of a table.</summary>
internal interface IRowFormat
{
    string Table { get; }

    IReadOnlyList<string> Columns { get; }

    void Append(ulong sequence, EventContext context, AuditEvent auditEvent, RowBinaryWriter rows);
}

/// <summary>Our own schema, encoded by the server's own encoder.</summary>
internal sealed class EventRows : IRowFormat
{
    private readonly EventRowEncoder _encoder = new("00000000");
    private readonly ArrayBufferWriter<byte> _entry = new();

    public string Table => "events";

    public IReadOnlyList<string> Columns => EventRowEncoder.Columns;

    public void Append(ulong sequence, EventContext context, AuditEvent auditEvent, RowBinaryWriter rows)
    {
        _entry.ResetWrittenCount();
        EventEntry.Write(_entry, context, auditEvent.Raw);
        if (_encoder.Append(sequence, _entry.WrittenMemory, rows) is null)
            throw new InvalidOperationException($"entry {sequence} cannot be read back");
    }
}

/// <summary>What anybody would begin with: seven columns and the JSON, without indexes; as safe on disk as ours.</summary>
internal sealed class PlainRows : IRowFormat
{
    public const string Definition = """
        CREATE TABLE plain
        (
            time DateTime64(6, 'UTC'),
            user LowCardinality(String),
            verb LowCardinality(String),
            resource LowCardinality(String),
            ns LowCardinality(String),
            name String,
            code UInt16,
            raw String CODEC(ZSTD(1))
        )
        ENGINE = MergeTree ORDER BY time
        SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1
        """;

    public string Table => "plain";

    public IReadOnlyList<string> Columns { get; } = ["time", "user", "verb", "resource", "ns", "name", "code", "raw"];

    public void Append(ulong sequence, EventContext context, AuditEvent auditEvent, RowBinaryWriter rows)
    {
        rows.BeginRow();
        rows.WriteMicroseconds(context.Time);
        rows.WriteString(auditEvent[EventField.UserName]);
        rows.WriteString(auditEvent[EventField.Verb]);
        rows.WriteString(auditEvent[EventField.Resource]);
        rows.WriteString(auditEvent[EventField.Namespace]);
        rows.WriteString(auditEvent[EventField.Name]);
        rows.WriteUInt16((ushort)Math.Clamp(auditEvent.Code, 0, ushort.MaxValue));
        rows.WriteString(auditEvent.Raw);
    }
}
