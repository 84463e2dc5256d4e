namespace Reeve.Testing;

/// <summary>Where this checkout and the real logs beside it are.</summary>
internal static class Repository
{
    /// <summary>The folder that holds <c>Reeve.slnx</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The full path of a file of the shared data set; skips the test where the set is absent.</summary>
    public static string Shared(params string[] parts)
    {
        var path = Path.Combine([Path.GetDirectoryName(Root)!, "shared", .. parts]);
        Assert.SkipUnless(Path.Exists(path), $"the shared data set is not beside this checkout: {path}");
        return path;
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Reeve.slnx")))
            folder = Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("the tests do not run inside a checkout of Reeve");
        return folder;
    }
}
