using System.CommandLine;
using Reeve.Rules;

namespace Reeve.Commands;

/// <summary><c>reeve rules test</c>: runs the tests that stand beside rules.</summary>
internal static class RulesTestCommand
{
    private static readonly Argument<string[]> PathsArgument = new("PATH") { Description = "Rule files and folders; the tests of x.yml are in x.test.yml beside it.", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<string[]> ListsOption = RuleOptions.CreateLists();

    public static Command Create()
    {
        var command = new Command("test", "Runs the tests that stand beside rules. Exits with 1 if one fails or a rule has none.") { PathsArgument, ListsOption };
        command.SetAction(Run);
        ExampleHelp.AddTo(command, "reeve rules test content/rules");
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var outcomes = RuleTestRun.Run(parsed.GetValue(PathsArgument)!, RuleOptions.Sigma(parsed.GetValue(ListsOption)));
        foreach (var outcome in outcomes.Where(outcome => outcome.Problem is not null))
            Console.Out.WriteLine($"{outcome.Place}: {outcome.Problem}");
        Console.Error.WriteLine($"{outcomes.Count(outcome => outcome.Problem is null)} passed, {outcomes.Count(outcome => outcome.Problem is not null)} failed");
        return outcomes.Any(outcome => outcome.Problem is not null) ? ExitCode.Failed : ExitCode.Done;
    }
}
