using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reeve.Commands;

/// <summary>What the commands of <c>reeve policy</c> have in common.</summary>
internal static class PolicyOptions
{
    /// <summary>JSON for programs.</summary>
    public static JsonSerializerOptions Json { get; } = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Text or JSON.</summary>
    public static Option<string> Format() => new("--format") { Description = "text or json.", HelpName = "FORMAT", DefaultValueFactory = _ => "text" };

    /// <summary>The policy.</summary>
    public static Option<string?> Policy(string description) => new("--policy") { Description = description, HelpName = "FILE" };

    /// <summary>Whether JSON is wanted, in one object or one a line.</summary>
    /// <exception cref="CommandFailedException">It is no format.</exception>
    public static bool IsJson(ParseResult parsed, Option<string> option) => parsed.GetValue(option) switch
    {
        "text" => false,
        "json" or "jsonl" => true,
        var other => throw new CommandFailedException(ExitCode.WrongUsage, $"--format {other}: not one of text, json"),
    };
}
