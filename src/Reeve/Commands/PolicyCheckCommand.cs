using System.CommandLine;
using System.Text.Json;
using Reeve.Detection.Rules;
using Reeve.Policies;

namespace Reeve.Commands;

/// <summary><c>reeve policy check</c>: what the apiserver would refuse in a policy, and what is hardly meant so.</summary>
internal static class PolicyCheckCommand
{
    private static readonly Argument<string> PolicyArgument = new("POLICY") { Description = "The policy; - is standard input." };
    private static readonly Option<string> FormatOption = PolicyOptions.Format();

    public static Command Create()
    {
        var command = new Command("check", "Says what is wrong with an audit policy, with file, line and column. Exits with 1 if the apiserver does not start with it.") { PolicyArgument, FormatOption };
        command.SetAction(Run);
        ExampleHelp.AddTo(command, "reeve policy check /etc/kubernetes/audit-policy.yaml", "reeve policy check policy.yaml --format json");
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var path = parsed.GetValue(PolicyArgument)!;
        var reading = PolicyFile.Read(path);
        if (PolicyOptions.IsJson(parsed, FormatOption))
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(new { valid = reading.Policy is not null, errors = reading.Errors.Select(AsJson), warnings = reading.Warnings.Select(AsJson) }, PolicyOptions.Json));
        }
        else
        {
            foreach (var problem in reading.Problems)
                Console.Out.WriteLine($"{problem.Place}: {(problem.IsError ? "error" : "warning")}: {problem.Message}");
            Console.Error.WriteLine($"{path}: {(reading.Policy is { } policy ? $"{policy.Rules.Length} rules" : "the apiserver does not start with it")}, {reading.Errors.Count()} errors, {reading.Warnings.Count()} warnings");
        }

        return reading.Policy is null ? ExitCode.Failed : ExitCode.Done;
    }

    private static object AsJson(RuleProblem problem) => new { line = problem.Place.Line, column = problem.Place.Column, message = problem.Message };
}
