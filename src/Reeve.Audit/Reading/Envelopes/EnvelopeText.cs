using System.Buffers;
using System.Text;

namespace Reeve.Audit.Reading.Envelopes;

/// <summary>
/// What an envelope says beside its events, as one JSON object: <c>form</c>, its members as they came, and under
/// <c>within</c> the envelope that it came in itself. A member of more than 1 KiB is left out, and what would make all
/// of it larger than 8 KiB.
/// </summary>
internal sealed class EnvelopeText
{
    private const int Largest = 8 << 10;
    private const int LargestMember = 1 << 10;

    private readonly ArrayBufferWriter<byte> _json = new(512);

    /// <summary>Begins with the form.</summary>
    public EnvelopeText(string form)
    {
        _json.Write("{\"form\":\""u8);
        _json.Write(Encoding.UTF8.GetBytes(form));
        _json.Write("\""u8);
    }

    /// <summary>Keeps the whole members of an object but those named.</summary>
    public EnvelopeText Keep(JsonMembers members, params ReadOnlySpan<string> except)
    {
        foreach (var member in members.All)
        {
            if (!except.Contains(member.Name))
                Keep(member);
        }

        return this;
    }

    /// <summary>Keeps one member under its name.</summary>
    public EnvelopeText Keep(JsonMember member) => member.Exists && !member.IsCut ? Keep(member.Name, member.Json.Span) : this;

    /// <summary>Keeps a text.</summary>
    public EnvelopeText Keep(string name, string text) => text.Length is 0 or > LargestMember ? this : Keep(name, [(byte)'"', .. Relaxed.String(text), (byte)'"']);

    private EnvelopeText Keep(string name, ReadOnlySpan<byte> json)
    {
        if (json.Length > LargestMember || name.Length > LargestMember || _json.WrittenCount + name.Length + json.Length > Largest)
            return this;
        _json.Write(",\""u8);
        _json.Write(Relaxed.String(name));
        _json.Write("\":"u8);
        _json.Write(json);
        return this;
    }

    /// <summary>The object; <paramref name="within"/> is the text of the envelope around it, or empty.</summary>
    public ReadOnlyMemory<byte> Finish(string within)
    {
        if (within.Length > 0 && _json.WrittenCount + within.Length <= 2 * Largest)
        {
            _json.Write(",\"within\":"u8);
            _json.Write(Encoding.UTF8.GetBytes(within));
        }

        _json.Write("}"u8);
        return _json.WrittenMemory;
    }
}
