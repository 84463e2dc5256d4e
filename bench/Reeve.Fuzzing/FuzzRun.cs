using System.Diagnostics;
using System.Globalization;
using Reeve.Fuzzing.Targets;
using Reeve.Testing;

namespace Reeve.Fuzzing;

/// <summary>Gives each target its share of mutated inputs and stops at the first that it cannot take.</summary>
internal sealed class FuzzRun(IReadOnlyList<byte[]> seeds, string failures)
{
    private const int Longest = 32 << 10;
    private const int InputsOfAMutator = 10_000;

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(2);

    /// <summary>Runs a target; false where an input made it fail, which is then kept as a file.</summary>
    public bool Run(IFuzzTarget target, long inputs)
    {
        var begun = Stopwatch.GetTimestamp();
        var (shown, slowest, bytes) = (begun, TimeSpan.Zero, 0L);
        var mutator = new Mutator(0, seeds);
        for (var i = 0L; i < inputs; i++)
        {
            if (i % InputsOfAMutator == 0)
                mutator = new Mutator((ulong)(i / InputsOfAMutator), seeds);
            var input = mutator.Next(Longest);
            bytes += input.Length;
            var one = Stopwatch.GetTimestamp();
            if (!TryTake(target, input))
                return false;
            slowest = slowest > Stopwatch.GetElapsedTime(one) ? slowest : Stopwatch.GetElapsedTime(one);
            if (!Console.IsErrorRedirected && Stopwatch.GetElapsedTime(shown) > Step)
            {
                shown = Stopwatch.GetTimestamp();
                Console.Error.Write($"\r{target.Name}: {Text(i)} of {Text(inputs)}, {Text((long)(i / Stopwatch.GetElapsedTime(begun).TotalSeconds))}/s   ");
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{target.Name}: {Text(inputs)} inputs, {bytes / 1e6:N0} MB, no failure, the slowest {slowest.TotalMilliseconds:N1} ms, at most {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB"));
        return true;
    }

    private bool TryTake(IFuzzTarget target, byte[] input)
    {
        try
        {
            target.Take(input);
            return true;
        }
        catch (Exception failure)
        {
            Directory.CreateDirectory(failures);
            var path = Path.Combine(failures, $"{target.Name}-{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(input))[..12]}");
            File.WriteAllBytes(path, input);
            Console.Error.WriteLine($"{target.Name}: {failure.Message} (input kept as {path})\n{failure.StackTrace}");
            return false;
        }
    }

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
