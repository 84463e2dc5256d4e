using System.CommandLine;
using System.Text;
using Reeve.Scanning;
using Reeve.Server.Doctor;
using Reeve.Server.Setup;
using Reeve.Server.Setup.Manifests;
using Reeve.Server.Sources;

namespace Reeve.Commands;

/// <summary><c>reeve setup</c>: writes the files of a chain from kube-apiserver to Reeve, and waits for the first event.</summary>
internal static class SetupCommand
{
    private static readonly Argument<string> PlatformArgument = new("PLATFORM") { Description = $"How Kubernetes runs: {string.Join(", ", SetupPlatform.All.Select(each => each.Name))}." };
    private static readonly Option<string> ClusterOption = new("--cluster") { Description = "The cluster's name.", HelpName = "NAME", DefaultValueFactory = _ => "default" };
    private static readonly Option<string> ViaOption = new("--via") { Description = $"How events travel: {string.Join(", ", SetupWay.All.Select(each => each.Name))}.", HelpName = "WAY", DefaultValueFactory = _ => "file" };
    private static readonly Option<string> ServerOption = new("--server") { Description = "Reeve as the node reaches it, HOST[:PORT]: its syslog listener (1514), or its https address.", HelpName = "ADDR", DefaultValueFactory = _ => "127.0.0.1" };
    private static readonly Option<string?> PolicyOption = PolicyOptions.Policy("A policy of your own (default: Reeve's, which blinds no rule of level medium or above).");
    private static readonly Option<string?> TokenFileOption = new("--token-file") { Description = "A file with a token of reeve token create --cluster NAME, for the ways by HTTPS; - is standard input.", HelpName = "FILE" };
    private static readonly Option<string?> ManifestOption = new("--manifest") { Description = "The static pod of kube-apiserver: shows what must change in it; --write changes it.", HelpName = "FILE" };
    private static readonly Option<string> OutOption = new("--out") { Description = "The folder that stands for the root of the node; / on the node itself.", HelpName = "DIR", DefaultValueFactory = _ => "reeve-setup" };
    private static readonly Option<bool> WriteOption = new("--write") { Description = "Write the files; without it they are shown only." };
    private static readonly Option<string?> WaitOption = new("--wait") { Description = "Afterwards wait for the first event of the cluster at this Reeve (with REEVE_TOKEN), and say what is wrong if none comes.", HelpName = "URL" };

    public static Command Create()
    {
        var command = new Command("setup", "Writes policy, flags and shipping from kube-apiserver to Reeve, all with the same paths and names, and shows what it changes first.")
        {
            PlatformArgument, ClusterOption, ViaOption, ServerOption, PolicyOption, TokenFileOption, ManifestOption, OutOption, WriteOption, WaitOption,
        };
        command.SetAction(RunAsync);
        ExampleHelp.AddTo(
            command,
            "reeve setup kubeadm --via rsyslog --server 10.0.0.5:1514 --cluster prod --manifest /etc/kubernetes/manifests/kube-apiserver.yaml --out / --write",
            "reeve setup k3s --via webhook --server reeve.example.org:8443 --cluster edge --token-file token",
            "reeve setup eks --cluster prod");
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var platform = SetupPlatform.All.FirstOrDefault(each => each.Name == parsed.GetValue(PlatformArgument)) ?? throw Unknown("PLATFORM", parsed.GetValue(PlatformArgument)!, SetupPlatform.All.Select(each => each.Name));
        var way = SetupWay.All.FirstOrDefault(each => each.Name == parsed.GetValue(ViaOption)) ?? throw Unknown("--via", parsed.GetValue(ViaOption)!, SetupWay.All.Select(each => each.Name));
        var cluster = parsed.GetValue(ClusterOption)!;
        if (!ClusterName.IsValid(cluster))
            throw new CommandFailedException(ExitCode.WrongUsage, $"--cluster {cluster}: it takes {ClusterName.Form}");
        var target = SetupTarget.Parse(parsed.GetValue(ServerOption)!, way.IsHttps) ?? throw new CommandFailedException(ExitCode.WrongUsage, $"--server {parsed.GetValue(ServerOption)}: write HOST or HOST:PORT");
        var policy = parsed.GetValue(PolicyOption) is { } path ? PolicyText(path) : null;
        var plan = SetupPlan.Of(platform, way, cluster, target, Token(parsed.GetValue(TokenFileOption)), policy);
        var isWriting = parsed.GetValue(WriteOption);
        foreach (var file in plan.Files)
            Put(Path.Combine(parsed.GetValue(OutOption)!, file.Path), file.Text, file.IsSecret, isWriting);
        if (parsed.GetValue(ManifestOption) is { } manifest)
            Patch(manifest, plan.Chain, isWriting);
        Console.Out.WriteLine("Next:");
        foreach (var line in plan.Next)
            Console.Out.WriteLine($"  {line}");
        if (!isWriting)
            Console.Error.WriteLine("Nothing was written; --write writes it.");
        return parsed.GetValue(WaitOption) is { } server ? await FirstEvent.WaitAsync(server, cluster, plan.Chain, ct) : ExitCode.Done;
    }

    private static void Put(string path, string text, bool isSecret, bool isWriting)
    {
        var before = File.Exists(path) ? File.ReadAllText(path) : null;
        if (before == text)
        {
            Console.Out.WriteLine($"{path}: is so already");
            return;
        }

        if (before is not null)
            Console.Out.Write(Coloured(UnifiedDiff.Of(path, isSecret ? "" : before, isSecret ? "" : text)));
        Console.Out.WriteLine($"{path}: {(isWriting ? "written" : before is null ? "is to be written" : "is to be changed")}");
        if (isWriting)
            SafeFile.Write(path, text, isSecret);
        else if (before is null && !isSecret)
            Console.Out.WriteLine(string.Concat(text.TrimEnd('\n').Split('\n').Select(line => $"    {line}\n")));
    }

    private static void Patch(string manifest, AuditChain chain, bool isWriting)
    {
        if (!File.Exists(manifest))
            throw new CommandFailedException(ExitCode.WrongUsage, $"{manifest}: there is no such file");
        var before = File.ReadAllText(manifest);
        var patched = ManifestPatch.Apply(before, chain);
        if (patched.Problem is { } problem)
            throw new CommandFailedException(ExitCode.Failed, $"{manifest}:{problem.Line}:{problem.Column}: {problem.Message}; nothing was changed in it");
        if (patched.Text == before)
        {
            Console.Out.WriteLine($"{manifest}: is so already");
            return;
        }

        Console.Out.Write(Coloured(UnifiedDiff.Of(manifest, before, patched.Text)));
        if (!isWriting)
            return;
        // kubelet runs every file of its folder: a copy there would be a second kube-apiserver.
        var copy = Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(Path.GetFullPath(manifest))!) ?? "/", $"{Path.GetFileName(manifest)}.before-reeve");
        SafeFile.Write(copy, before, isSecret: true);
        SafeFile.Write(manifest, patched.Text, isSecret: true);
        Console.Out.WriteLine($"{manifest}: written; as it was: {copy}");
    }

    private static string Coloured(string diff) => !TerminalColour.IsWanted("auto") ? diff
        : string.Concat(diff.Split('\n').Select(line => line.StartsWith('+') ? $"\e[32m{line}\e[0m\n" : line.StartsWith('-') ? $"\e[31m{line}\e[0m\n" : $"{line}\n")).TrimEnd('\n') + "\n";

    private static string PolicyText(string path)
    {
        var reading = Policies.PolicyFile.Read(path);
        return reading.Policy is null ? throw new CommandFailedException(ExitCode.WrongUsage, reading.Errors.First().ToString()) : File.ReadAllText(path);
    }

    // It is put into files of several languages.
    private static string? Token(string? file)
    {
        var token = file switch
        {
            null => null,
            "-" => Console.In.ReadLine()?.Trim(),
            _ when File.Exists(file) => File.ReadAllText(file).Trim(),
            _ => throw new CommandFailedException(ExitCode.WrongUsage, $"{file}: there is no such file"),
        };
        return token?.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '.') == false
            ? throw new CommandFailedException(ExitCode.WrongUsage, $"{file}: this is no token of reeve token create")
            : token;
    }

    private static CommandFailedException Unknown(string what, string given, IEnumerable<string> known) =>
        new(ExitCode.WrongUsage, $"{what} {given}: not one of {string.Join(", ", known)}");
}
