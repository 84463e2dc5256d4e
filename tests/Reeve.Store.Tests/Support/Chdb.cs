using Reeve.Store.ClickHouse.Embedded;
using Reeve.Testing;

namespace Reeve.Store.Tests.Support;

/// <summary>Where the native store is on this machine.</summary>
internal static class Chdb
{
    /// <summary>The library's path; null where it is not installed.</summary>
    public static string? Library
    {
        get
        {
            var named = Environment.GetEnvironmentVariable(StoreHostOptions.LibraryVariable);
            var fetched = Path.Combine(Repository.Root, ".reeve", "native", "node_modules", "@chdb", "lib-linux-x64-gnu", "libchdb.so");
            return File.Exists(named) ? named : File.Exists(fetched) ? fetched : null;
        }
    }

    /// <summary>Skips the test where the library is not installed.</summary>
    public static string Require()
    {
        Assert.SkipWhen(Library is null, $"libchdb.so is not installed: run ./reeve once, or set {StoreHostOptions.LibraryVariable}");
        return Library!;
    }
}
