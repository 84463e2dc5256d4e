namespace Reeve.Server.Sources.Files;

/// <summary>
/// Recognises content that was read before under another name or inode: a rotated file, its copy, its compressed copy.
/// Made by <see cref="FileSignatures"/>.
/// </summary>
/// <param name="HeadLength">Bytes of the beginning that were hashed; 0 where nothing is known.</param>
/// <param name="Head">Their keyed fingerprint, in hex.</param>
/// <param name="TailLength">Bytes before the position that were hashed; 0 where they are not known.</param>
/// <param name="Tail">Their keyed fingerprint, in hex.</param>
internal sealed record FileSignature(int HeadLength, string Head, int TailLength, string Tail)
{
    /// <summary>Nothing is known: matches any content.</summary>
    public static FileSignature Empty { get; } = new(0, "", 0, "");
}
