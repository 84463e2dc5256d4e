using System.CommandLine;
using System.Text.Json;
using Reeve.Audit.Policy;
using Reeve.Audit.Sentences;
using Reeve.Detection.Policy.Reading;
using Reeve.Policies;
using Reeve.Scanning;
using Reeve.Server.Policies;

namespace Reeve.Commands;

/// <summary><c>reeve policy explain</c>: which rule of a policy decides a request, and why the earlier ones do not.</summary>
internal static class PolicyExplainCommand
{
    private static readonly Argument<string?> RequestsArgument = new("REQUESTS") { Description = "A file with a request in JSON a line: what the apiserver knows of it, an audit event, or method and url. - is standard input.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string> PolicyOption = new("--policy") { Description = "The policy.", HelpName = "FILE", Required = true };
    private static readonly Option<string?> UserOption = new("--user") { Description = "Of a single request: the user.", HelpName = "NAME" };
    private static readonly Option<string[]> GroupOption = new("--group") { Description = "A group of the user; can be given again.", HelpName = "NAME", AllowMultipleArgumentsPerToken = false };
    private static readonly Option<string?> MethodOption = new("--method") { Description = "The HTTP method (default: GET).", HelpName = "METHOD" };
    private static readonly Option<string?> UrlOption = new("--url") { Description = "Path and query, like /api/v1/namespaces/shop/pods/web/exec?command=sh.", HelpName = "URL" };
    private static readonly Option<string> FormatOption = PolicyOptions.Format();

    public static Command Create()
    {
        var command = new Command("explain", "Says for each request which rule of a policy decides and what is recorded, and why the earlier rules do not.")
        {
            PolicyOption, RequestsArgument, UserOption, GroupOption, MethodOption, UrlOption, FormatOption,
        };
        command.SetAction(Run);
        ExampleHelp.AddTo(
            command,
            "reeve policy explain --policy policy.yaml --user ana --group dev --url /api/v1/namespaces/shop/pods/web/exec",
            "reeve policy explain --policy policy.yaml requests.jsonl --format jsonl");
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var path = parsed.GetValue(PolicyOption)!;
        var reading = PolicyFile.Read(path);
        if (reading.Policy is not { } policy)
            throw new CommandFailedException(ExitCode.WrongUsage, reading.Errors.First().ToString());
        var isJson = PolicyOptions.IsJson(parsed, FormatOption);
        if (parsed.GetValue(UrlOption) is { } url)
        {
            if (parsed.GetValue(RequestsArgument) is not null)
                throw new CommandFailedException(ExitCode.WrongUsage, "give a file of requests or --url, not both");
            Write(reading, policy, Single(parsed, url), isJson);
            return ExitCode.Done;
        }

        if (parsed.GetValue(RequestsArgument) is not { } requests)
            throw new CommandFailedException(ExitCode.WrongUsage, "give a file of requests, or one with --url (see: reeve policy explain --help)");
        return WriteAll(reading, policy, requests, isJson);
    }

    private static int WriteAll(PolicyReading reading, AuditPolicy policy, string requests, bool isJson)
    {
        if (requests != LogReading.StandardInput && !File.Exists(requests))
            throw new CommandFailedException(ExitCode.WrongUsage, $"{requests}: there is no such file");
        using var lines = requests == LogReading.StandardInput ? Console.In : new StreamReader(requests);
        var exitCode = ExitCode.Done;
        for (var line = 1; lines.ReadLine() is { } text; line++)
        {
            if (string.IsNullOrWhiteSpace(text))
                continue;
            if (ExplainedRequest.TryRead(text, out var request, out var problem))
            {
                Write(reading, policy, request, isJson);
                continue;
            }

            Console.Error.WriteLine($"reeve: {requests}:{line}: {problem}");
            exitCode = ExitCode.Failed;
        }

        return exitCode;
    }

    private static PolicyRequest Single(ParseResult parsed, string url) => ExplainedRequest.TryRead(
        JsonSerializer.Serialize(new
        {
            method = (parsed.GetValue(MethodOption) ?? "GET").ToUpperInvariant(),
            url,
            user = new { username = parsed.GetValue(UserOption) ?? "", groups = parsed.GetValue(GroupOption) ?? [] },
        }),
        out var request, out var problem) ? request : throw new CommandFailedException(ExitCode.WrongUsage, problem);

    private static void Write(PolicyReading reading, AuditPolicy policy, PolicyRequest request, bool isJson)
    {
        var decision = policy.Decide(request);
        if (isJson)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(new { level = decision.Level, omitStages = decision.OmitStages.Each(), omitManagedFields = decision.OmitManagedFields, rule = decision.Rule }, PolicyOptions.Json));
            return;
        }

        Console.Out.WriteLine(Printable.Text($"{request.Verb} {(request.IsResource ? $"{request.Written} {request.Namespace}/{request.Name}" : request.Path)} by {request.User ?? "nobody"}"));
        foreach (var (rule, why) in PassedRules.Of(policy, decision, request))
            Console.Out.WriteLine($"  rule {rule + 1} ({reading.PlaceOf($"rules[{rule}]")}): {Printable.Text(why)}");
        var stages = decision.Stages == AuditStages.None ? "nothing is recorded" : $"{decision.Level} at {string.Join(", ", decision.Stages.Each())}";
        Console.Out.WriteLine(decision.Rule == PolicyDecision.NoRule ? "  no rule is for it: nothing is recorded" : $"  rule {decision.Rule + 1} ({reading.PlaceOf($"rules[{decision.Rule}]")}) decides: {stages}");
    }
}
