using System.CommandLine;
using System.Text.Json;
using Reeve.Detection.Linting;
using Reeve.Detection.Rules;

namespace Reeve.Commands;

/// <summary><c>reeve rules check</c>: what is wrong with rules, and what looks wrong.</summary>
internal static class RulesCheckCommand
{
    private static readonly Argument<string[]> PathsArgument = new("PATH") { Description = "Rule files and folders.", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<string[]> ListsOption = RuleOptions.CreateLists();
    private static readonly Option<string> FormatOption = new("--format") { Description = "text or jsonl.", HelpName = "FORMAT", DefaultValueFactory = _ => "text" };

    public static Command Create()
    {
        var command = new Command("check", "Says what is wrong with rules, with file, line and column. Exits with 1 if one of them cannot run.") { PathsArgument, ListsOption, FormatOption };
        command.SetAction(Run);
        ExampleHelp.AddTo(command, "reeve rules check my-rules/", "reeve rules check rule.yml --format jsonl");
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var reading = RuleLoader.Load(parsed.GetValue(PathsArgument)!, RuleOptions.Sigma(parsed.GetValue(ListsOption)));
        var problems = reading.Problems.Concat(Linter.Check(reading.Rules)).OrderBy(problem => problem.Place.File, StringComparer.Ordinal).ThenBy(problem => problem.Place.Line).ThenBy(problem => problem.Place.Column).ToList();
        foreach (var problem in problems)
            Console.Out.WriteLine(parsed.GetValue(FormatOption) == "jsonl" ? AsJson(problem) : $"{problem.Place}: {(problem.IsError ? "error" : "warning")}: {problem.Message}{(problem.Check.Length > 0 ? $" [{problem.Check}]" : "")}");
        Console.Error.WriteLine($"{reading.Rules.Detections.Length + reading.Rules.Correlations.Length} rules can run, {problems.Count(problem => problem.IsError)} errors, {problems.Count(problem => !problem.IsError)} warnings");
        return reading.HasErrors ? ExitCode.Failed : ExitCode.Done;
    }

    private static string AsJson(RuleProblem problem) => JsonSerializer.Serialize(new
    {
        file = problem.Place.File,
        line = problem.Place.Line,
        column = problem.Place.Column,
        severity = problem.IsError ? "error" : "warning",
        check = problem.Check,
        message = problem.Message,
    });
}
