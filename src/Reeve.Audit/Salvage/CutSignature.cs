using Reeve.Audit.Reading;

namespace Reeve.Audit.Salvage;

/// <summary>What can be seen of a cut.</summary>
/// <param name="integrity">Who cut it, as far as the bytes say.</param>
/// <param name="form">The innermost envelope it came in; empty without one.</param>
/// <param name="contentBytes">The length of the content of that envelope, in bytes; 0 without one.</param>
/// <param name="delivery">The frame it came in.</param>
/// <param name="received">Its bytes.</param>
internal readonly ref struct CutSignature(
    Integrity integrity, string form, long contentBytes, RecordDelivery delivery, ReadOnlySpan<byte> received)
{
    private const int LongestCharacter = 4;

    private readonly ReadOnlySpan<byte> _received = received;

    public Integrity Integrity { get; } = integrity;

    public string Form { get; } = form;

    /// <summary>The size of the frame; 0 where there is none.</summary>
    public long FrameBytes { get; } = delivery.FrameBytes;

    /// <summary>The size of the content, or of the line where it came in no envelope.</summary>
    private long ContentBytes { get; } = contentBytes > 0 ? contentBytes : received.Length;

    public bool EndsWith(string text) => _received.EndsWith(System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Whether the content ends at a size, or within the last character before it.</summary>
    public bool ContentEndsAt(long size) => ContentBytes <= size && ContentBytes > size - LongestCharacter;
}
