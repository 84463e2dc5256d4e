using System.Diagnostics;

namespace Reeve.EndToEnd.Support;

/// <summary>A disk of a given size, in memory; needs root.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    private string Filler => System.IO.Path.Combine(Path, "filler");

    /// <summary>Mounts one; skips the test where that is not allowed.</summary>
    public static SmallDisk Mount(string path, int megabytes)
    {
        Directory.CreateDirectory(path);
        Assert.SkipUnless(
            Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", path), "mounting a tmpfs needs root and a kernel that lets us");
        return new(path);
    }

    /// <summary>Takes all of the disk but so many bytes.</summary>
    public void FillExcept(long bytes)
    {
        using var file = File.Create(Filler);
        var free = new DriveInfo(Path).AvailableFreeSpace - bytes;
        var block = new byte[1 << 20];
        try
        {
            for (; free > 0; free -= block.Length)
            {
                file.Write(block, 0, (int)Math.Min(block.Length, free));
                file.Flush();
            }
        }
        catch (IOException) when (new DriveInfo(Path).AvailableFreeSpace <= bytes)
        {
            // The server took some of it meanwhile.
        }
    }

    /// <summary>Gives it back.</summary>
    public void MakeRoom() => File.Delete(Filler);

    public void Dispose() => Run("umount", "-l", Path);

    private static bool Run(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
