namespace Reeve.Store.Loading;

/// <summary>
/// Keeps the journal entries that the store took in no form, one file each, so that nothing acknowledged is lost.
/// Folder and files can be read by their owner only. A file is whole or absent after a crash; writing it twice gives the same file.
/// </summary>
internal sealed class RejectedEntries(string folder, string server)
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly FileStreamOptions _create = new() { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = OwnersFile };

    /// <summary>Writes the entry durably. The bytes are those of the journal: scrubbed.</summary>
    public void Keep(ulong sequence, ReadOnlySpan<byte> payload)
    {
        Directory.CreateDirectory(folder, OwnersFile | UnixFileMode.UserExecute);
        var path = Path.Combine(folder, $"{server}-{sequence}.entry");
        var unfinished = path + ".new";
        using (var file = new FileStream(unfinished, _create))
        {
            file.Write(payload);
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
    }
}
