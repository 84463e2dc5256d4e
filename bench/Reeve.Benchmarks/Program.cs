using System.CommandLine;
using Reeve.Benchmarks.Detecting;
using Reeve.Benchmarks.Reading;
using Reeve.Benchmarks.Support;

var root = new RootCommand("Prints the ratios of the performance table; started by bench/run.")
{
    RunCommand.Create(),
    ReaderPasses.CreateCommand(),
    DetectPasses.CreateCommand(),
};
return await root.Parse(args).InvokeAsync();
