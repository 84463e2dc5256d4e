using System.Globalization;
using Reeve.Server.State;

namespace Reeve.Server.Sources.Demo;

/// <summary>
/// The data folder of a demo: one of its own that goes when the demo ends, or one that is kept. It carries a mark, so that neither real events
/// come into it nor a demo into theirs.
/// </summary>
internal sealed class DemoFolder : IDisposable
{
    /// <summary>The file that marks the data folder of a demo.</summary>
    public const string MarkName = "demo";

    private const string Prefix = "reeve-demo-";
    private const string OwnerName = "owner";

    private readonly string? _temporary;

    private DemoFolder(string data, string? temporary)
    {
        Data = data;
        _temporary = temporary;
        var mark = Path.Combine(DataFolder.Prepare(data), MarkName);
        if (!File.Exists(mark))
            File.WriteAllText(mark, "");
    }

    /// <summary>The data folder.</summary>
    public string Data { get; }

    /// <summary>Whether this is the data folder of a demo.</summary>
    public static bool IsOne(string data) => File.Exists(Path.Combine(data, MarkName));

    /// <summary>A new folder among the temporary files; it is deleted with what it holds when this is disposed.</summary>
    public static DemoFolder Temporary()
    {
        var folder = Directory.CreateTempSubdirectory(Prefix).FullName;
        File.WriteAllText(Path.Combine(folder, OwnerName), Owner(Environment.ProcessId));
        return new(Path.Combine(folder, "data"), folder);
    }

    /// <summary>A folder that is kept; null where it holds something that no demo put there.</summary>
    public static DemoFolder? Kept(string data)
    {
        var full = Path.GetFullPath(data);
        var isForeign = Directory.Exists(full) && !IsOne(full) && Directory.EnumerateFileSystemEntries(full).Any();
        return isForeign ? null : new(full, null);
    }

    /// <summary>Deletes what killed demos left behind.</summary>
    public static void DeleteLeftovers()
    {
        foreach (var folder in Directory.EnumerateDirectories(Path.GetTempPath(), Prefix + "*"))
        {
            try
            {
                var owner = File.ReadAllText(Path.Combine(folder, OwnerName));
                if (owner.Length > 0 && Owner(int.Parse(owner.Split(' ')[0], CultureInfo.InvariantCulture)) != owner)
                    Delete(folder);
            }
            catch (Exception foreign) when (foreign is IOException or UnauthorizedAccessException or FormatException or OverflowException)
            {
                // Somebody else's, being made just now, or still written to by a store that is about to notice.
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_temporary is not null && Directory.Exists(_temporary))
            Delete(_temporary);
    }

    // Whose it was goes last: what is left of it can then still be told to be a leftover.
    private static void Delete(string folder)
    {
        foreach (var inner in Directory.EnumerateDirectories(folder))
            Directory.Delete(inner, recursive: true);
        Directory.Delete(folder, recursive: true);
    }

    // A process id is used again; with the time its process began (proc_pid_stat(5), field 22) it is not.
    private static string Owner(int process)
    {
        var stat = $"/proc/{process}/stat";
        if (!File.Exists(stat))
            return "";
        var text = File.ReadAllText(stat);
        return $"{process} {text[(text.LastIndexOf(')') + 2)..].Split(' ')[19]}";
    }
}
