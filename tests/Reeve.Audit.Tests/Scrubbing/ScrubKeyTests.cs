using System.Runtime.Versioning;
using Reeve.Audit.Scrubbing;

namespace Reeve.Audit.Tests.Scrubbing;

[SupportedOSPlatform("linux")]
public sealed class ScrubKeyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("reeve-key-").FullName;

    [Fact]
    public void A_new_key_is_for_its_owner_only_and_the_same_next_time()
    {
        var path = Path.Combine(_folder, "keys", "scrub.key");
        var created = ScrubKey.LoadOrCreate(path);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal(32, new FileInfo(path).Length);
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
        Assert.Equal(created.Fingerprint("x"u8), ScrubKey.LoadOrCreate(path).Fingerprint("x"u8));
        Assert.NotEqual(created.Fingerprint("x"u8), ScrubKey.LoadOrCreate(path + "2").Fingerprint("x"u8));
    }

    [Fact]
    public async Task Keys_made_at_the_same_moment_are_one()
    {
        for (var round = 0; round < 50; round++)
        {
            var path = Path.Combine(_folder, $"scrub{round}.key");
            using var start = new Barrier(4);
            var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    return ScrubKey.LoadOrCreate(path).Fingerprint("x"u8);
                },
                TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
            Assert.Single(made.Distinct());
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_file_of_another_length_is_no_key(int length)
    {
        var path = Write(new byte[length], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Contains($"this file has {length}", Assert.Throws<ScrubKeyException>(() => ScrubKey.LoadOrCreate(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_key_others_can_reach_is_refused(UnixFileMode mode)
    {
        var path = Write(new byte[32], UnixFileMode.UserRead | mode);
        Assert.Contains($"chmod 600 {path}", Assert.Throws<ScrubKeyException>(() => ScrubKey.LoadOrCreate(path)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(byte[] bytes, UnixFileMode mode)
    {
        var path = Path.Combine(_folder, "scrub.key");
        File.WriteAllBytes(path, bytes);
        File.SetUnixFileMode(path, mode);
        return path;
    }
}
