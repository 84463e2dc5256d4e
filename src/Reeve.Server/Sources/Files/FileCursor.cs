namespace Reeve.Server.Sources.Files;

/// <summary>How far one file was read and journalled, and what it takes to find the file again.</summary>
/// <param name="Stream">The cursor's own number, unique for ever; journal entries name it (<c>RecordOrigin.Stream</c>).</param>
/// <param name="Path">Where the file was last seen.</param>
/// <param name="Identity">Device and inode.</param>
/// <param name="Offset">Bytes of content read, journalled and fsynced.</param>
/// <param name="Line">Lines among them.</param>
/// <param name="Signature">The content up to <paramref name="Offset"/>.</param>
internal sealed record FileCursor(
    long Stream, string Path, FileIdentity Identity, long Offset, long Line, FileSignature Signature);
