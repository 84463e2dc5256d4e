using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Reeve.Rules;

namespace Reeve.Commands;

/// <summary><c>reeve rules match</c>: which rules match which event of any JSON, without looking at its log source.</summary>
internal static class RulesMatchCommand
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Argument<string> EventsArgument = new("EVENTS") { Description = "A file with one JSON object a line; - is standard input." };
    private static readonly Option<string[]> RulesOption = RuleOptions.Create();
    private static readonly Option<string[]> ListsOption = RuleOptions.CreateLists();
    private static readonly Option<string?> TimeFieldOption = new("--time-field") { Description = "The top-level field with the event's time, RFC 3339 or a number of seconds or milliseconds (default: when it is read).", HelpName = "FIELD" };
    private static readonly Option<string> FormatOption = new("--format") { Description = "text or jsonl.", HelpName = "FORMAT", DefaultValueFactory = _ => "text" };

    public static Command Create()
    {
        var command = new Command("match", "Says for each event which rules match it and which correlations fire by it.") { RulesOption, ListsOption, EventsArgument, TimeFieldOption, FormatOption };
        command.SetAction(Run);
        ExampleHelp.AddTo(command, "reeve rules match --rules rule.yml events.jsonl --format jsonl", "reeve rules match --rules rules/ logins.jsonl --time-field @timestamp");
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var match = new RuleMatch(RuleOptions.Load(parsed.GetValue(RulesOption), parsed.GetValue(ListsOption)), parsed.GetValue(TimeFieldOption), TimeProvider.System);
        var path = parsed.GetValue(EventsArgument)!;
        using var input = path == "-" ? Console.OpenStandardInput() : Open(path);
        using var lines = new StreamReader(input);
        var wrong = 0;
        for (var (line, number) = (1, 0); lines.ReadLine() is { } text; line++)
        {
            if (string.IsNullOrWhiteSpace(text))
                continue;
            if (!match.TryMatch(text, out var result, out var problem))
            {
                Console.Error.WriteLine($"reeve: {path}:{line}: {problem}");
                wrong++;
                continue;
            }

            if (parsed.GetValue(FormatOption) == "jsonl")
                Console.Out.WriteLine(JsonSerializer.Serialize(new { @event = number, rules = result.Rules, correlations = result.Correlations }, Relaxed));
            else if (result.Rules.Count + result.Correlations.Count > 0)
                Console.Out.WriteLine($"{path}:{line}: {string.Join(", ", result.Rules.Concat(result.Correlations.Select(title => title + " (correlation)")))}");
            number++;
        }

        return wrong > 0 ? ExitCode.Failed : ExitCode.Done;
    }

    private static FileStream Open(string path) =>
        File.Exists(path) ? File.OpenRead(path) : throw new CommandFailedException(ExitCode.WrongUsage, $"{path}: there is no such file");
}
