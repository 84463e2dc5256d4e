using System.CommandLine;
using Reeve.Benchmarks.Detecting;
using Reeve.Benchmarks.Disk;
using Reeve.Benchmarks.Pipeline;
using Reeve.Benchmarks.Probe;
using Reeve.Benchmarks.Reading;

namespace Reeve.Benchmarks.Support;

/// <summary><c>run</c>: measures the rows asked for, one after the other, and prints them.</summary>
internal static class RunCommand
{
    private static readonly IReadOnlyDictionary<string, Func<BenchOptions, Report, CancellationToken, Task>> Rows =
        new Dictionary<string, Func<BenchOptions, Report, CancellationToken, Task>>(StringComparer.Ordinal)
        {
            ["reader"] = ReaderRow.MeasureAsync,
            ["pipeline"] = PipelineRow.MeasureAsync,
            ["disk"] = DiskRow.MeasureAsync,
            ["detection"] = DetectionRow.MeasureAsync,
        };

    private static readonly Argument<string[]> RowArgument = new("ROW") { Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<string> BulkOption = new("--bulk") { Required = true };
    private static readonly Option<string?> BodiesOption = new("--bodies");
    private static readonly Option<string[]> RulesOption = new("--rules");
    private static readonly Option<string> ReeveOption = new("--reeve") { Required = true };
    private static readonly Option<string> SimdJsonOption = new("--simdjson") { Required = true };
    private static readonly Option<string> WorkOption = new("--work") { Required = true };
    private static readonly Option<string> FormatOption = new("--format") { DefaultValueFactory = _ => "text" };

    public static Command Create()
    {
        RowArgument.AcceptOnlyFromAmong([.. Rows.Keys]);
        FormatOption.AcceptOnlyFromAmong("text", "json");
        var command = new Command("run")
        {
            RowArgument, BulkOption, BodiesOption, RulesOption, ReeveOption, SimdJsonOption, WorkOption, FormatOption,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var options = new BenchOptions
        {
            Bulk = parsed.GetRequiredValue(BulkOption),
            Bodies = parsed.GetValue(BodiesOption),
            Rules = parsed.GetValue(RulesOption) ?? [],
            Reeve = parsed.GetRequiredValue(ReeveOption),
            SimdJson = parsed.GetRequiredValue(SimdJsonOption),
            Work = parsed.GetRequiredValue(WorkOption),
        };
        var asked = parsed.GetValue(RowArgument) is { Length: > 0 } named ? named : [.. Rows.Keys];
        IReportWriter writer = parsed.GetValue(FormatOption) == "json" ? new JsonReport(Console.Out) : new TextReport(Console.Out);
        writer.Write(MachineProbe.Measure(options.Work));
        foreach (var row in asked)
        {
            await Console.Error.WriteLineAsync($"bench: measuring {row}");
            var report = new Report(row);
            await Rows[row](options, report, ct);
            writer.Write(report);
        }

        writer.End();
        return 0;
    }
}
