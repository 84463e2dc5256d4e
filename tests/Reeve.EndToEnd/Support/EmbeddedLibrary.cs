namespace Reeve.EndToEnd.Support;

/// <summary>Where the native store is on this machine.</summary>
internal static class EmbeddedLibrary
{
    private const string Variable = "REEVE_LIBCHDB";

    /// <summary>The library's path; skips the test where it is not installed.</summary>
    public static string Path()
    {
        var named = Environment.GetEnvironmentVariable(Variable);
        var fetched = System.IO.Path.Combine(
            Repository.Root, ".reeve/native/node_modules/@chdb/lib-linux-x64-gnu/libchdb.so");
        var path = File.Exists(named) ? named : fetched;
        Assert.SkipUnless(File.Exists(path), $"libchdb.so is not installed: run ./reeve once, or set {Variable}");
        return path;
    }
}
