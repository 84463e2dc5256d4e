using Reeve.EndToEnd.Support;

namespace Reeve.EndToEnd;

/// <summary>The disk of the data folder fills up while a log is read.</summary>
public sealed class FullDiskTests
{
    private const int Lines = 30_000;

    [Fact]
    public async Task Source_outlives_a_disk_without_a_single_byte_left()
    {
        using var folder = new TemporaryFolder();
        using var disk = SmallDisk.Mount(folder["disk"], megabytes: 256);
        folder.Write("logs/audit.log", "no event 1\n");
        await using var server = await ReeveProcess.StartAsync(Path.Combine(disk.Path, "data"), [folder["logs"]]);
        using var analyst = await Analyst.SignUpAsync(server);
        await analyst.WaitForCountAsync(1);

        disk.FillExcept(0);
        await File.AppendAllTextAsync(folder["logs/audit.log"], "no event 2\n", TestContext.Current.CancellationToken);
        await analyst.WaitForReceivedAsync(2);
        await server.WaitForLogAsync("it waits and goes on by itself", "Nothing more is accepted for now");
        disk.MakeRoom();
        await File.AppendAllTextAsync(folder["logs/audit.log"], "no event 3\n", TestContext.Current.CancellationToken);

        await analyst.WaitForCountAsync(3);
    }

    [Fact]
    public async Task Reading_stops_with_a_clear_line_and_goes_on_by_itself_when_there_is_room()
    {
        using var folder = new TemporaryFolder();
        using var disk = SmallDisk.Mount(folder["disk"], megabytes: 512);
        var data = Path.Combine(disk.Path, "data");
        var server = await ReeveProcess.StartAsync(data, [folder["logs"]]);
        using var first = await Analyst.SignUpAsync(server);
        disk.FillExcept(12L << 20);

        var words = string.Concat(Enumerable.Repeat("no event ", 150));
        folder.Write("logs/audit.log", string.Concat(Enumerable.Range(1, Lines).Select(line => $"{words}{line}\n")));
        await server.WaitForLogAsync("Nothing more is accepted for now");
        var ready = await first.StatusAsync("/readyz");
        Assert.Equal(503, ready);

        // Killed while full: what was acknowledged must survive that too.
        await server.KillAsync();
        await server.DisposeAsync();
        disk.MakeRoom();
        await using var again = await ReeveProcess.StartAsync(data, [folder["logs"]]);
        using var analyst = first.At(again);
        disk.FillExcept(6L << 20);
        folder.Write("logs/more.log", string.Concat(Enumerable.Range(Lines + 1, Lines).Select(line => $"{words}{line}\n")));
        await again.WaitForLogAsync("Nothing more is accepted for now");
        disk.MakeRoom();
        await again.WaitForLogAsync("The journal has room again");

        await analyst.WaitForCountAsync(2 * Lines);
        var numbers = (await analyst.AllAsync()).Select(row => int.Parse(row.GetProperty("raw").GetString()!.AsSpan(words.Length))).Order();
        Assert.Equal(Enumerable.Range(1, 2 * Lines), numbers);
    }
}
