namespace Reeve.Benchmarks.Support;

/// <summary>Folders of a run.</summary>
internal static class Folders
{
    /// <summary>An empty folder of this name, whatever an earlier run left there.</summary>
    public static string Renew(string work, string name)
    {
        var folder = Path.Combine(work, name);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        return folder;
    }
}
