using System.Security.Cryptography;

namespace Reeve.Server.State;

/// <summary>The server's id: 8 hex digits, made once for a data folder (mode 0600). Event ids begin with it.</summary>
internal static class ServerId
{
    private const string FileName = "server-id";

    /// <summary>Reads the id, or makes one that is on the disk before this returns.</summary>
    /// <exception cref="InvalidDataException">The file holds something else.</exception>
    public static string LoadOrCreate(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            Create(path);
        var id = File.ReadAllText(path).Trim();
        if (id.Length != 8 || !id.All(char.IsAsciiHexDigitLower))
            throw new InvalidDataException($"{path} holds no server id (8 hex digits); restore it from a backup");
        return id;
    }

    // Renamed into place whole: a crash leaves no id or all of it.
    private static void Create(string path)
    {
        var unfinished = path + ".new";
        using (var file = new FileStream(unfinished, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)) + "\n"));
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path);
    }
}
