using System.CommandLine;
using Reeve.Scanning;
using Reeve.Server.Setup;
using Reeve.Server.Setup.Platforms;
using Reeve.Servers;
using Reeve.Setup;

namespace Reeve.Commands;

/// <summary><c>reeve setup</c>: writes all that brings audit events from a kube-apiserver to Reeve, and waits for the first.</summary>
internal static class SetupCommand
{
    private const int DefaultWait = 120;

    private static readonly Argument<string> PlatformArgument = new("PLATFORM") { Description = string.Join(", ", PlatformTable.All.Select(platform => platform.Name)) + "." };
    private static readonly Option<string?> ClusterOption = new("--cluster") { Description = "The cluster's name, as Reeve shall show it.", HelpName = "NAME" };
    private static readonly Option<string?> ViaOption = new("--via") { Description = "The way to Reeve (default: the first of the platform's): " + string.Join("; ", SetupWay.All.Select(way => $"{way.Name} ({way.About})")) + ".", HelpName = "WAY" };
    private static readonly Option<string?> ServerOption = new("--server") { Description = "The address of Reeve's pages and API (default: REEVE_URL).", HelpName = "URL" };
    private static readonly Option<string?> SyslogOption = new("--syslog") { Description = "Where Reeve takes syslog or RELP (default: the server's host; port 1514, 6514 with --ca, or 2514 for RELP).", HelpName = "HOST[:PORT]" };
    private static readonly Option<string?> TokenOption = new("--token-file") { Description = "A file with the token that sends, as made on Reeve's machine: reeve token create --cluster NAME.", HelpName = "FILE" };
    private static readonly Option<string?> CaOption = new("--ca") { Description = "The certificate that signed Reeve's, in PEM, where the system does not know it; with it syslog and RELP go by TLS.", HelpName = "FILE" };
    private static readonly Option<string?> CertOption = new("--cert") { Description = "The certificate that syslog's or RELP's sender shows, in PEM, for a source with clientCa.", HelpName = "FILE" };
    private static readonly Option<string?> KeyOption = new("--key") { Description = "The key of --cert, in PEM.", HelpName = "FILE" };
    private static readonly Option<string?> HostOption = new("--host") { Description = "The name of the apiserver that reports (default: this machine's, on a node).", HelpName = "NAME" };
    private static readonly Option<string?> ManifestOption = new("--manifest") { Description = "The static pod manifest of kube-apiserver (default: kubeadm's, where it exists).", HelpName = "FILE" };
    private static readonly Option<string?> PolicyOption = new("--policy") { Description = "An audit policy to use instead of Reeve's.", HelpName = "FILE" };
    private static readonly Option<bool> ReplacePolicyOption = new("--replace-policy") { Description = "Replace a policy that is there already; without it, it is kept." };
    private static readonly Option<string?> OutOption = new("--out") { Description = "Write everything below this folder, to be copied to a node.", HelpName = "DIR" };
    private static readonly Option<bool> WriteOption = new("--write") { Description = "Write the files; without it nothing is changed." };
    private static readonly Option<int?> WaitOption = new("--wait") { Description = $"Wait for the first event, {DefaultWait} seconds at most unless given (default on a terminal, with --write, a server and REEVE_TOKEN).", HelpName = "SECONDS", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string> ColourOption = new("--color") { Description = "Colour the differences: auto (on a terminal, unless NO_COLOR is set), always or never.", HelpName = "WHEN", DefaultValueFactory = _ => "auto" };

    public static Command Create()
    {
        var command = new Command("setup", "Writes policy, flags, mounts and shipper that bring a cluster's audit events to Reeve; shows what it would change, and waits for the first event.")
        {
            PlatformArgument, ClusterOption, ViaOption, ServerOption, SyslogOption, TokenOption, CaOption, CertOption, KeyOption, HostOption, ManifestOption, PolicyOption,
            ReplacePolicyOption, OutOption, WriteOption, WaitOption, ColourOption,
        };
        command.SetAction(RunAsync);
        ExampleHelp.AddTo(
            command,
            "reeve setup kubeadm --cluster prod --syslog 10.0.0.5",
            "reeve setup kubeadm --cluster prod --syslog 10.0.0.5 --write",
            "reeve setup kubeadm --cluster prod --via relp --syslog reeve.example.com --ca reeve-ca.crt --write",
            "reeve setup rke2 --cluster prod --via webhook --server https://10.0.0.5:8443 --ca reeve.crt --token-file token --write",
            "reeve setup kind --cluster dev --server https://172.18.0.1:8443 --ca reeve.crt --token-file token --out kind-dev --write",
            "reeve setup eks --cluster shop --server https://reeve.example.com --out eks-shop --write");
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var request = RequestOf(parsed);
        var run = SetupRun.Prepare(request, PlacesOf(parsed), TimeProvider.System.GetUtcNow());
        var isWritten = parsed.GetValue(WriteOption);
        if (isWritten && run.Plan.Chain.Token == AuditChain.NoToken && run.Changes.Any(change => change.File is { IsSecret: true }))
            throw new CommandFailedException(ExitCode.WrongUsage, $"give the token that sends with --token-file; on Reeve's machine, reeve token create --cluster {request.Cluster} makes one (see: reeve setup --help)");
        var report = new SetupReport(Console.Out, TerminalColour.IsWanted(parsed.GetValue(ColourOption)!));
        report.Changes(run);
        if (isWritten)
            Write(run);
        report.Steps(run);
        if (run.Note is { } note)
            Console.Error.WriteLine($"reeve: {note}");
        if (!isWritten && run.Changes.Any(change => change.IsWritten))
            Console.Error.WriteLine("reeve: nothing was changed; --write does it");
        return await WaitAsync(parsed, request, run, ct) ? ExitCode.Done : ExitCode.Failed;
    }

    private static SetupRequest RequestOf(ParseResult parsed) => new()
    {
        Platform = parsed.GetRequiredValue(PlatformArgument),
        Cluster = parsed.GetValue(ClusterOption),
        Via = parsed.GetValue(ViaOption),
        Server = parsed.GetValue(ServerOption) ?? Variable("REEVE_URL"),
        Syslog = parsed.GetValue(SyslogOption),
        TokenFile = parsed.GetValue(TokenOption),
        Authority = parsed.GetValue(CaOption),
        Certificate = parsed.GetValue(CertOption),
        Key = parsed.GetValue(KeyOption),
        Host = parsed.GetValue(HostOption),
    };

    private static SetupPlaces PlacesOf(ParseResult parsed) => new(
        parsed.GetValue(OutOption), parsed.GetValue(ManifestOption), parsed.GetValue(PolicyOption), parsed.GetValue(ReplacePolicyOption));

    private static void Write(SetupRun run)
    {
        var changes = run.Changes.Where(change => change.IsWritten).ToList();
        foreach (var change in changes)
            ChangeWriter.Write(change);
        Console.Error.WriteLine(changes.Count == 0 ? "reeve: everything is as it should be; nothing was written" : $"reeve: wrote {changes.Count} files");
    }

    private static async Task<bool> WaitAsync(ParseResult parsed, SetupRequest request, SetupRun run, CancellationToken ct)
    {
        var isAsked = parsed.GetResult(WaitOption) is not null;
        var token = Variable("REEVE_TOKEN");
        if (!isAsked && (!parsed.GetValue(WriteOption) || parsed.GetValue(OutOption) is not null || Console.IsOutputRedirected || request.Server is null || token is null))
            return true;
        if (!Uri.TryCreate(request.Server, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw new CommandFailedException(ExitCode.WrongUsage, "--wait asks Reeve: name it with --server URL or REEVE_URL, and give a token that reads in REEVE_TOKEN (see: reeve setup --help)");
        using var reeve = new ReeveClient(url, token, request.Authority is null ? null : await File.ReadAllTextAsync(request.Authority, ct));
        return await new FirstEvent(reeve, run, TimeProvider.System, Console.Out).WaitAsync(TimeSpan.FromSeconds(parsed.GetValue(WaitOption) ?? DefaultWait), ct);
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
