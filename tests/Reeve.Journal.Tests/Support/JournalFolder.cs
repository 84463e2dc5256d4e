namespace Reeve.Journaling.Tests.Support;

/// <summary>A folder on the real disk, gone after the test.</summary>
internal sealed class JournalFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("reeve-journal-").FullName;

    public JournalOptions Options => new() { Folder = System.IO.Path.Combine(Path, "journal") };

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
