using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Text;
using Reeve.Audit;
using Reeve.Audit.Sentences;
using Reeve.Detection.Matching;
using Reeve.Detection.Matching.Slots;
using Reeve.Detection.Rules;

namespace Reeve.Detection.Alerts;

/// <summary>What the sentence of a single event is made of, in one array, each text after its length, until somebody reads the sentence. Not thread-safe.</summary>
internal sealed class SentenceParts
{
    /// <summary>Of more bytes the sentence, which is short, is made at once: callers choose how long they are.</summary>
    public const int MostKept = 2048;

    // An address of IPv6 with a scope.
    private const int MostIp = 64;

    private readonly ArrayBufferWriter<byte> _parts = new();

    /// <summary>Of an event.</summary>
    public byte[] Of(AuditEvent auditEvent, EventContext context)
    {
        _parts.ResetWrittenCount();
        Add(auditEvent[EventField.Verb]);
        Add(auditEvent[EventField.UserName]);
        Add(auditEvent[EventField.ImpersonatedUserName]);
        Add(auditEvent[EventField.Resource]);
        Add(auditEvent[EventField.Subresource]);
        Add(auditEvent[EventField.Namespace]);
        Add(auditEvent[EventField.Name]);
        Span<byte> ip = stackalloc byte[MostIp];
        Add(context.Ip.Equals(IPAddress.IPv6None) || !context.Ip.TryFormat(ip, out var length) ? [] : ip[..length]);
        Add(auditEvent[EventField.UserAgent]);
        Add(auditEvent[EventField.RequestUri]);
        Add(auditEvent[EventField.Stage]);
        Add(auditEvent[EventField.Reason]);
        Add(auditEvent[EventField.Decision]);
        Add(auditEvent[EventField.DecisionReason]);
        AddNumber(auditEvent.Code);
        return _parts.WrittenSpan.ToArray();
    }

    /// <summary>Of an event for a rule that brings its own sentence: the values of its fields.</summary>
    public byte[] Of(ReadOnlySpan<Slot?> fields, MatchSession session)
    {
        _parts.ResetWrittenCount();
        foreach (var field in fields)
        {
            if (field is null)
                continue;
            var count = session.Count(field);
            AddNumber(count);
            for (var index = 0; index < count; index++)
                Add(session.Value(field, index));
        }

        return _parts.WrittenSpan.ToArray();
    }

    /// <summary>The sentence of an event.</summary>
    public static string Read(byte[] parts)
    {
        ReadOnlySpan<byte> rest = parts;
        return EventSentence.Of(new SentenceFacts
        {
            Verb = Next(ref rest),
            User = Next(ref rest),
            ImpersonatedUser = Next(ref rest),
            Resource = Next(ref rest),
            Subresource = Next(ref rest),
            Namespace = Next(ref rest),
            Name = Next(ref rest),
            Ip = Next(ref rest),
            Agent = Next(ref rest),
            Uri = Next(ref rest),
            Stage = Next(ref rest),
            Reason = Next(ref rest),
            Decision = Next(ref rest),
            DecisionReason = Next(ref rest),
            Code = NextNumber(ref rest),
        }).ToString();
    }

    /// <summary>The sentence of a rule that brings its own: its texts, with the event's values put in.</summary>
    public static string Read(DetectionRule rule, byte[] parts)
    {
        ReadOnlySpan<byte> rest = parts;
        var sentence = new StringBuilder();
        foreach (var part in rule.Output)
        {
            if (part.Field is null)
            {
                sentence.Append(part.Text);
                continue;
            }

            var found = new string[NextNumber(ref rest)];
            foreach (ref var value in found.AsSpan())
                value = Next(ref rest);
            var text = found.Length switch { 0 => "<NA>", 1 => found[0], _ => $"({string.Join(',', found)})" };
            sentence.Append(Printable.Text(text));
        }

        return sentence.ToString();
    }

    private static string Next(ref ReadOnlySpan<byte> rest)
    {
        var length = NextNumber(ref rest);
        var text = Encoding.UTF8.GetString(rest[..length]);
        rest = rest[length..];
        return text;
    }

    private static int NextNumber(ref ReadOnlySpan<byte> rest)
    {
        var number = BinaryPrimitives.ReadInt32LittleEndian(rest);
        rest = rest[sizeof(int)..];
        return number;
    }

    private void Add(ReadOnlySpan<byte> text)
    {
        AddNumber(text.Length);
        _parts.Write(text);
    }

    private void AddNumber(int number)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_parts.GetSpan(sizeof(int)), number);
        _parts.Advance(sizeof(int));
    }
}
