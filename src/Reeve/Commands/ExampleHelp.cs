using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Reeve.Commands;

/// <summary>Help that ends with an example.</summary>
internal static class ExampleHelp
{
    /// <summary>Gives <paramref name="command"/> a <c>--help</c> that shows <paramref name="examples"/> below the options.</summary>
    public static void AddTo(Command command, params string[] examples)
    {
        var help = command.Options.OfType<HelpOption>().FirstOrDefault();
        if (help is null)
            command.Options.Add(help = new HelpOption());
        help.Action = new ExampleHelpAction(new HelpAction(), examples);
    }

    /// <summary>Whether somebody asked for help, and so need not give the rest.</summary>
    public static bool IsAskedFor(ParseResult parsed) => parsed.Action is HelpAction or ExampleHelpAction;

    private sealed class ExampleHelpAction(HelpAction help, string[] examples) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            var exitCode = help.Invoke(parseResult);
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine(examples.Length == 1 ? "Example:" : "Examples:");
            foreach (var example in examples)
                output.WriteLine($"  {example}");
            return exitCode;
        }
    }
}
