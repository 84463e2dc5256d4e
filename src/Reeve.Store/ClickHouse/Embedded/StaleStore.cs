using System.Diagnostics;
using System.Globalization;

namespace Reeve.Store.ClickHouse.Embedded;

/// <summary>
/// The store of a server that was killed. It stops when its input ends; one that hangs keeps the folder's lock and is killed here.
/// Only an orphan is: the store of a server that still runs is its own.
/// </summary>
internal static class StaleStore
{
    /// <summary>Kills the orphan that holds the folder; answers its process id, null where there is none.</summary>
    public static int? KillHolder(string dataFolder)
    {
        if (HolderOf(dataFolder) is not { } id || id == Environment.ProcessId || !IsOrphan(id, dataFolder))
            return null;
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
            return id;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <summary>The process that last took the folder's lock; it may be gone.</summary>
    internal static int? HolderOf(string dataFolder) =>
        int.TryParse(Read(Path.Combine(dataFolder, FolderLock.HolderFile)), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static bool IsOrphan(int id, string dataFolder)
    {
        // A number may be used again by another program.
        if (!Read($"/proc/{id}/cmdline").Split('\0').Contains(dataFolder, StringComparer.Ordinal))
            return false;
        var parent = Read($"/proc/{id}/status").Split('\n').FirstOrDefault(l => l.StartsWith("PPid:", StringComparison.Ordinal));
        var parentId = parent?["PPid:".Length..].Trim();
        return parentId is null or "0" or "1" || Program($"/proc/{parentId}/exe") != Program($"/proc/{id}/exe");
    }

    private static string? Program(string link)
    {
        try
        {
            return File.ResolveLinkTarget(link, returnFinalTarget: false)?.FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
