using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using Reeve.Audit.Scrubbing;
using Reeve.Server.Configuration;

namespace Reeve.Commands;

/// <summary>The command line: <c>reeve COMMAND</c>. Exit codes: 0 done, 1 it failed, 2 wrong usage, 3 what --fail-on asks for is there.</summary>
internal static class CommandLine
{
    // A store that ends has merges to finish; nothing else takes as long.
    private static readonly TimeSpan LongestEnd = TimeSpan.FromMinutes(1);

    private static readonly ParserConfiguration Parsing = new()
    {
        // `@timestamp` is a field name, not a file of arguments.
        ResponseFileTokenReplacer = null,
    };

    /// <summary>Parses and runs; every failure is one line on stderr.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("The SIEM for Kubernetes audit logs.")
        {
            DemoCommand.Create(),
            ServeCommand.Create(),
            ScanCommand.Create(),
            RulesCommand.Create(),
            SetupCommand.Create(),
            StoreCommand.Create(),
            TokenCommand.Create(),
        };
        ExampleHelp.AddTo(root, "reeve serve /var/log/kubernetes");
        var parsed = root.Parse(args, Parsing);
        if (parsed.Errors.Count > 0 && !ExampleHelp.IsAskedFor(parsed))
            return Fail(ExitCode.WrongUsage, $"{parsed.Errors[0].Message} (see: reeve {CommandName(parsed)}--help)");
        try
        {
            return await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = LongestEnd });
        }
        catch (CommandFailedException failure)
        {
            return Fail(failure.ExitCode, failure.Message);
        }
        catch (ConfigurationException failure)
        {
            return Fail(ExitCode.WrongUsage, [.. failure.Errors.Select(error => error.ToString())]);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException or ScrubKeyException)
        {
            return Fail(ExitCode.Failed, failure.Message);
        }
        catch (Exception unexpected) when (unexpected is not OperationCanceledException)
        {
            // Nobody foresaw it: who mends it needs all of it, in the form of the log.
            Console.Error.WriteLine(JsonSerializer.Serialize(new { LogLevel = "Critical", Category = "Reeve", Message = unexpected.Message, Exception = unexpected.ToString() }));
            return Fail(ExitCode.Failed, unexpected.Message);
        }
    }

    private static string CommandName(ParseResult parsed) =>
        string.Concat(Path(parsed.CommandResult).Reverse().Select(command => command.Command.Name + " "));

    private static IEnumerable<CommandResult> Path(CommandResult? command)
    {
        for (; command is { Command: not RootCommand }; command = command.Parent as CommandResult)
            yield return command;
    }

    private static int Fail(int exitCode, params ReadOnlySpan<string> messages)
    {
        foreach (var message in messages)
            Console.Error.WriteLine($"reeve: {message.ReplaceLineEndings(" ")}");
        return exitCode;
    }
}
