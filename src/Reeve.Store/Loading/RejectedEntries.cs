namespace Reeve.Store.Loading;

/// <summary>
/// Keeps the journal entries that the store took in no form, one file each, so that nothing acknowledged is lost.
/// A file is whole or absent after a crash; writing it twice gives the same file.
/// </summary>
internal sealed class RejectedEntries(string folder, string server)
{
    /// <summary>Writes the entry durably. The bytes are those of the journal: scrubbed.</summary>
    public void Keep(ulong sequence, ReadOnlySpan<byte> payload)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"{server}-{sequence}.entry");
        var unfinished = path + ".new";
        using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write))
        {
            file.Write(payload);
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
    }
}
