namespace Reeve.Testing;

/// <summary>A new empty folder, deleted with everything in it. Its path is short: a socket's must fit in 107 bytes.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("reeve-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Write(string name, string content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], content);
    }

    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }
}
