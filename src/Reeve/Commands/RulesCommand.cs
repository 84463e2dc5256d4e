using System.CommandLine;

namespace Reeve.Commands;

/// <summary><c>reeve rules</c>: what to do with rules apart from running them for good.</summary>
internal static class RulesCommand
{
    public static Command Create()
    {
        var command = new Command("rules", "Checks, tests and lists detection rules, Sigma's and Falco's, and matches them with any JSON.")
        {
            RulesCheckCommand.Create(),
            RulesTestCommand.Create(),
            RulesListCommand.Create(),
            RulesMatchCommand.Create(),
        };
        ExampleHelp.AddTo(command, "reeve rules check my-rules/");
        return command;
    }
}
