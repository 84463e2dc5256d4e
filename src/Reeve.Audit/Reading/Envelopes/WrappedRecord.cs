namespace Reeve.Audit.Reading.Envelopes;

/// <summary>Bytes that are no audit event as they stand, and perhaps an envelope of some.</summary>
/// <param name="bytes">One JSON value, or one line of text, without white space around it.</param>
/// <param name="isCut">Whether it is a JSON value that breaks off.</param>
internal sealed class WrappedRecord(ReadOnlyMemory<byte> bytes, bool isCut)
{
    /// <summary>All of it.</summary>
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    /// <summary>Whether it is a JSON value that breaks off.</summary>
    public bool IsCut { get; } = isCut;

    /// <summary>Its members where it is a JSON object, else none.</summary>
    public JsonMembers Members => field ??= JsonMembers.Of(Bytes);

    /// <summary>Whether it begins with a byte.</summary>
    public bool BeginsWith(byte first) => Bytes.Span is [var b, ..] && b == first;
}
