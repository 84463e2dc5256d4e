using System.CommandLine;
using Reeve.Fuzzing;
using Reeve.Fuzzing.Targets;
using SharpFuzz;

// Made only when they are used: instrumented code must not run before the fuzzer listens.
var targets = new Dictionary<string, Func<IFuzzTarget>>(StringComparer.Ordinal)
{
    ["record"] = () => new RecordTarget(),
    ["rest"] = () => new RestTarget(),
    ["entry"] = () => new EntryTarget(),
    ["syslog"] = () => new SyslogTarget(),
    ["query"] = () => new QueryTarget(),
};
var names = new Argument<string[]>("TARGET") { Description = $"of {string.Join(", ", targets.Keys)}", Arity = ArgumentArity.ZeroOrMore };
names.AcceptOnlyFromAmong([.. targets.Keys]);
var inputs = new Option<long>("--inputs") { Description = "how many inputs, shared by the targets", DefaultValueFactory = _ => 10_000_000 };
var seeds = new Option<string[]>("--seeds") { Description = "folders of logs to make inputs from", AllowMultipleArgumentsPerToken = true, Required = true };
var failures = new Option<string>("--failures") { Description = "where inputs are kept that fail", DefaultValueFactory = _ => "." };
var file = new Argument<string>("FILE") { Description = "an input that failed" };

var run = new Command("run", "Mutates the seeds and gives them to the targets.") { names, inputs, seeds, failures };
run.SetAction(parsed =>
{
    var chosen = (parsed.GetValue(names) is { Length: > 0 } some ? some : [.. targets.Keys]).Select(name => targets[name]()).ToArray();
    var fuzz = new FuzzRun(Seeds.Of(parsed.GetRequiredValue(seeds)), parsed.GetRequiredValue(failures));
    return chosen.All(target => fuzz.Run(target, parsed.GetRequiredValue(inputs) / chosen.Length)) ? 0 : 1;
});

var one = new Argument<string>("TARGET");
one.AcceptOnlyFromAmong([.. targets.Keys]);
var again = new Command("again", "Gives a target one input again.") { one, file };
again.SetAction(parsed => targets[parsed.GetRequiredValue(one)]().Take(File.ReadAllBytes(parsed.GetRequiredValue(file))));

var afl = new Command("afl", "Takes inputs from afl-fuzz.") { one };
afl.SetAction(parsed =>
{
    IFuzzTarget? target = null;
    Fuzzer.OutOfProcess.Run(stream =>
    {
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        target ??= targets[parsed.GetRequiredValue(one)]();
        target.Take(bytes.ToArray());
    });
});

return await new RootCommand("Tries everything that takes bytes from outside; started by bench/fuzz.") { run, again, afl }.Parse(args).InvokeAsync();
