using System.CommandLine;
using System.Text.Json;
using Reeve.Audit.Findings;
using Reeve.Scanning;
using Reeve.Server.Doctor;
using Reeve.Server.Doctor.Files;
using Reeve.Server.Doctor.Mending;

namespace Reeve.Commands;

/// <summary><c>reeve doctor</c>: what in the files of an audit chain, or in a live server, loses or leaks events.</summary>
internal static class DoctorCommand
{
    private static readonly Argument<string[]> PathsArgument = new("PATH") { Description = "Files and folders: audit policy, kube-apiserver.yaml, rsyslog, Fluent Bit, kubeconfig, logs; told by their content.", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<string?> RootOption = new("--root") { Description = "The folder that stands for the root of the node, of which the files are a copy.", HelpName = "DIR" };
    private static readonly Option<long?> LargestOption = new("--largest") { Description = "The size of the largest event that was seen, in bytes (default: of the logs given, else 2 MiB).", HelpName = "BYTES" };
    private static readonly Option<string?> WriteOption = new("--write") { Description = "Write the files mended into this folder.", HelpName = "DIR" };
    private static readonly Option<string?> ServerOption = new("--server") { Description = "A running Reeve to ask, too (default: REEVE_URL, with REEVE_TOKEN).", HelpName = "URL" };
    private static readonly Option<string?> FailOnOption = new("--fail-on") { Description = "Exit with 3 if there is a finding of this level or above.", HelpName = "LEVEL" };
    private static readonly Option<string> FormatOption = PolicyOptions.Format();

    public static Command Create()
    {
        var command = new Command("doctor", "Says what in an audit chain loses or leaks events, file by file and where they contradict each other, and writes them mended.")
        {
            PathsArgument, RootOption, LargestOption, WriteOption, ServerOption, FailOnOption, FormatOption,
        };
        command.SetAction(RunAsync);
        ExampleHelp.AddTo(
            command,
            "reeve doctor /etc/kubernetes/audit-policy.yaml /etc/kubernetes/manifests/kube-apiserver.yaml /etc/rsyslog.d",
            "reeve doctor copy-of-node/ --write mended/ --fail-on high",
            "reeve doctor --server https://reeve.example.org");
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var isJson = PolicyOptions.IsJson(parsed, FormatOption);
        var failOn = LevelOption.Read(parsed, FailOnOption);
        var paths = parsed.GetValue(PathsArgument)!;
        var server = parsed.GetValue(ServerOption) ?? (paths.Length == 0 ? Environment.GetEnvironmentVariable("REEVE_URL") : null);
        if (paths.Length == 0 && server is null)
            throw new CommandFailedException(ExitCode.WrongUsage, "give files or folders of an audit chain, or a server with --server (see: reeve doctor --help)");
        if (paths.FirstOrDefault(path => !Path.Exists(path)) is { } missing)
            throw new CommandFailedException(ExitCode.WrongUsage, $"{missing}: there is no such file or folder");
        var files = ChainFiles.Read(paths, parsed.GetValue(RootOption));
        var chain = Chain.Of(files, parsed.GetValue(LargestOption));
        var findings = AuditDoctor.Examine(chain).ToList();
        if (server is not null)
            findings.AddRange(await LiveServer.ExamineAsync(server, Environment.GetEnvironmentVariable("REEVE_TOKEN"), ct));
        Write(findings, files, server, isJson);
        if (parsed.GetValue(WriteOption) is { } folder)
            WriteMended(chain, paths, folder);
        return failOn is { } level && findings.Exists(finding => finding.Remark.Level >= level) ? ExitCode.ConditionMet : ExitCode.Done;
    }

    private static void Write(List<DoctorFinding> findings, ChainFiles files, string? server, bool isJson)
    {
        var isColoured = TerminalColour.IsWanted("auto");
        foreach (var finding in findings)
        {
            if (isJson)
                Console.Out.WriteLine(JsonSerializer.Serialize(AsJson(finding), PolicyOptions.Json));
            else
                Write(finding, isColoured);
        }

        var looked = files.Files.GroupBy(file => file.Kind).OrderBy(group => group.Key).Select(group => $"{group.Count()} {Word(group.Key)}").Append(server is null ? "" : "the server").Where(text => text.Length > 0);
        var absent = Enum.GetValues<ChainFileKind>().Where(kind => kind is ChainFileKind.Policy or ChainFileKind.Manifest && !files.Of(kind).Any()).Select(kind => $"no {Word(kind)} was given");
        Console.Error.WriteLine($"{findings.Count} findings in {string.Join(", ", looked.DefaultIfEmpty("nothing"))}{string.Concat(absent.Select(text => $"; {text}"))}{(files.Skipped > 0 ? $"; {files.Skipped} other files were skipped" : "")}");
    }

    private static void Write(DoctorFinding finding, bool isColoured)
    {
        var level = finding.Remark.Level.ToName();
        Console.Out.WriteLine($"{(isColoured ? $"{LevelWords.Colour(finding.Remark.Level)}{level}\e[0m" : level)}{new string(' ', 15 - level.Length)}{finding.Place}: {finding.Message} [{finding.Remark.Code}]");
        Console.Out.WriteLine($"               {finding.Remark.Consequence}");
        foreach (var line in finding.Mended.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Console.Out.WriteLine($"             + {line}");
    }

    private static object AsJson(DoctorFinding finding) => new
    {
        code = finding.Remark.Code,
        severity = finding.Remark.Level.ToName(),
        file = finding.File,
        line = finding.Line,
        message = finding.Message,
        consequence = finding.Remark.Consequence,
        mended = finding.Mended,
    };

    private static void WriteMended(Chain chain, IReadOnlyList<string> paths, string folder)
    {
        var mended = MendedFiles.Of(chain).ToList();
        // Two that were given by themselves and have one name keep their folders.
        var common = mended.GroupBy(file => Relative(file.Path, paths), StringComparer.Ordinal).Where(alike => alike.Skip(1).Any()).Select(alike => alike.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var (path, text) in mended)
        {
            var relative = Relative(path, paths);
            var target = Path.Combine(folder, common.Contains(relative) ? Path.GetFullPath(path).TrimStart('/') : relative);
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(target))!);
            File.WriteAllText(target, text);
            Console.Error.WriteLine($"wrote {target}");
        }
    }

    // As deep as it was in the folder that was given.
    private static string Relative(string path, IReadOnlyList<string> paths) =>
        paths.FirstOrDefault(each => Directory.Exists(each) && Path.GetFullPath(path).StartsWith(Path.GetFullPath(each).TrimEnd('/') + "/", StringComparison.Ordinal)) is { } root ? Path.GetRelativePath(root, path) : Path.GetFileName(path);

    private static string Word(ChainFileKind kind) => kind switch
    {
        ChainFileKind.Policy => "audit policy",
        ChainFileKind.Manifest => "manifest of kube-apiserver",
        ChainFileKind.Rsyslog => "configuration of rsyslog",
        ChainFileKind.FluentBit => "configuration of Fluent Bit",
        ChainFileKind.Kubeconfig => "kubeconfig",
        _ => "log",
    };
}
