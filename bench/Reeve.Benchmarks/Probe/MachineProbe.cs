using System.Diagnostics;
using Reeve.Journaling.Files;

namespace Reeve.Benchmarks.Probe;

/// <summary>What the machine itself does in this run; absolute figures are judged against it.</summary>
/// <param name="SyncMedian">Appending 4 KiB and fdatasync, median.</param>
/// <param name="Sync99">The same, 99th percentile.</param>
/// <param name="CopyBytesPerSecond">One core's rate of copying memory far larger than its caches.</param>
internal sealed record ProbeResult(TimeSpan SyncMedian, TimeSpan Sync99, double CopyBytesPerSecond);

/// <summary>Measures the disk under a folder and the memory of one core.</summary>
internal static class MachineProbe
{
    private const int Appends = 500;
    private const int AppendBytes = 4096;
    private const int CopyBytes = 256 << 20;
    private const int Copies = 5;

    public static ProbeResult Measure(string folder)
    {
        var syncs = Syncs(Path.Combine(folder, "probe"));
        return new ProbeResult(syncs[Appends / 2], syncs[Appends * 99 / 100], CopyRate());
    }

    private static TimeSpan[] Syncs(string path)
    {
        var block = new byte[AppendBytes];
        var took = new TimeSpan[Appends];
        using (var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write))
        {
            for (var i = 0; i < Appends; i++)
            {
                var begun = Stopwatch.GetTimestamp();
                LibC.Write(file, (long)i * AppendBytes, block);
                LibC.SyncContent(file);
                took[i] = Stopwatch.GetElapsedTime(begun);
            }
        }

        File.Delete(path);
        Array.Sort(took);
        return took;
    }

    private static double CopyRate()
    {
        byte[] from = new byte[CopyBytes], to = new byte[CopyBytes];
        Array.Fill(from, (byte)1);
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < Copies; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            from.CopyTo(to, 0);
            var took = Stopwatch.GetElapsedTime(begun);
            best = took < best ? took : best;
        }

        return CopyBytes / best.TotalSeconds;
    }
}
