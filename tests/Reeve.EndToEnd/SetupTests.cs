using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Reeve.EndToEnd.Support;

namespace Reeve.EndToEnd;

/// <summary>What <c>reeve setup</c> writes, run by the programs it is for.</summary>
public sealed class SetupTests
{
    [Theory]
    [InlineData("rsyslog", false)]
    [InlineData("rsyslog", true)]
    [InlineData("relp", false)]
    [InlineData("relp", true)]
    [InlineData("rsyslog", true, true)]
    [InlineData("relp", true, true)]
    public async Task Generated_rsyslog_ships_an_event_of_1_86_MB_whole_and_setup_tells_when_it_comes(string way, bool isTls, bool showsCertificate = false)
    {
        using var folder = new TemporaryFolder();
        var lines = LargeEvents();
        var type = way == "relp" ? "relp" : "syslog";
        await using var server = await ReeveProcess.StartAsync(folder["data"], [], configuration: Configuration(folder, type, isTls, showsCertificate));
        using var analyst = await Analyst.SignUpAsync(server);
        string[] arguments =
        [
            .. Arguments(folder, way, await analyst.AddressOfAsync(type)),
            .. isTls ? (string[])["--ca", folder["ca.pem"]] : [],
            .. showsCertificate ? (string[])["--cert", folder["sender.crt"], "--key", folder["sender.key"]] : [],
        ];
        var file = await WriteAsync(folder, arguments);
        Assert.Equal((0, ""), await RealRsyslog.CheckAsync(file));

        using var waiting = ReeveCommand.Start(
            [.. arguments, "--server", server.Address.ToString(), "--wait"],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["REEVE_TOKEN"] = analyst.Token });
        await SayAsync(waiting, "Waiting for the first event of prod");
        folder.Write("audit.log", string.Concat(lines.Select(line => line + "\n")));
        using var rsyslog = RealRsyslog.Start(folder["rsyslog"], (await File.ReadAllTextAsync(file, Token)).Replace("/var/spool/rsyslog", Directory.CreateDirectory(folder["work"]).FullName, StringComparison.Ordinal));

        await SayAsync(waiting, "Events of prod arrive");
        await waiting.WaitForExitAsync(Token);
        Assert.Equal(0, waiting.ExitCode);
        await analyst.WaitForCountAsync(lines.Count);
        await AssertDeliveredAsync(analyst, lines);
        Assert.Equal("", rsyslog.Errors.Trim());
        if (showsCertificate)
            Assert.Equal("cp-1.example", (await analyst.GetAsync("/api/v1/senders")).GetProperty("senders")[0].GetProperty("san").GetString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Generated_syslog_ng_ships_the_same(bool isTls)
    {
        var program = SyslogNg();
        using var folder = new TemporaryFolder();
        var lines = LargeEvents();
        await using var server = await ReeveProcess.StartAsync(folder["data"], [], configuration: Configuration(folder, "syslog", isTls));
        using var analyst = await Analyst.SignUpAsync(server);
        var file = await WriteAsync(folder, [.. Arguments(folder, "syslog-ng", await analyst.AddressOfAsync("syslog")), .. isTls ? (string[])["--ca", folder["ca.pem"]] : []]);
        folder.Write("audit.log", string.Concat(lines.Select(line => line + "\n")));
        // As Debian's own file does: a version, then what lies in conf.d.
        folder.Write("syslog-ng.conf", $"@version: 3.38\n{(await File.ReadAllTextAsync(file, Token)).Replace("disk-buffer(", $"disk-buffer(dir(\"{Directory.CreateDirectory(folder["work"]).FullName}\") ", StringComparison.Ordinal)}");

        using var syslog = StartSyslogNg(program, folder);
        try
        {
            await analyst.WaitForCountAsync(lines.Count);
            await AssertDeliveredAsync(analyst, lines);
        }
        finally
        {
            syslog.Kill();
            await syslog.WaitForExitAsync(Token);
        }
    }

    [Fact]
    public async Task When_nothing_comes_setup_says_why()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ReeveProcess.StartAsync(folder["data"], [folder.Path], configuration: "data: unused");
        using var analyst = await Analyst.SignUpAsync(server);
        folder.Write("kube-apiserver.yaml", Manifest(folder));

        using var waiting = ReeveCommand.Start(
            [.. Arguments(folder, "rsyslog", new(IPAddress.Loopback, 9)), "--server", server.Address.ToString(), "--wait", "0"],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["REEVE_TOKEN"] = analyst.Token });
        var said = await waiting.StandardOutput.ReadToEndAsync(Token);
        await waiting.WaitForExitAsync(Token);

        Assert.Equal(1, waiting.ExitCode);
        var reasons = said.Split('\n').SkipWhile(line => !line.Contains("most likely first", StringComparison.Ordinal)).ToList();
        Assert.Contains("Reeve has no source for syslog", reasons[1], StringComparison.Ordinal);
        Assert.Contains("127.0.0.1:9 cannot be reached from here", reasons[2], StringComparison.Ordinal);
        Assert.Contains(reasons, line => line.Contains($"there is no {folder["audit.log"]}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_changed_without_write_and_nothing_more_by_a_second_time()
    {
        using var folder = new TemporaryFolder();
        folder.Write("kube-apiserver.yaml", Manifest(folder));
        string[] arguments = [.. Arguments(folder, "rsyslog", new(IPAddress.Loopback, 1514))];

        var (exitCode, output, _) = await ReeveCommand.RunAsync(arguments);
        Assert.Equal(0, exitCode);
        Assert.Contains("+    - --audit-log-maxage=30", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["out"]));

        Assert.Equal(0, (await ReeveCommand.RunAsync([.. arguments, "--write"])).ExitCode);
        var written = Directory.GetFiles(folder["out"], "*", SearchOption.AllDirectories).ToDictionary(file => file, File.GetLastWriteTimeUtc, StringComparer.Ordinal);
        Assert.Equal(4, written.Count);
        var second = await ReeveCommand.RunAsync([.. arguments, "--write"]);
        Assert.Equal(0, second.ExitCode);
        Assert.DoesNotContain("@@", second.Output, StringComparison.Ordinal);
        Assert.Equal(written, Directory.GetFiles(folder["out"], "*", SearchOption.AllDirectories).ToDictionary(file => file, File.GetLastWriteTimeUtc, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("openshift --cluster prod", "openshift is no platform that is known; these are: kubeadm, k3s, rke2, kind, minikube, talos, eks, gke, aks")]
    [InlineData("kubeadm", "name the cluster")]
    [InlineData("kubeadm --cluster a/b", "a cluster's name is")]
    [InlineData("talos --cluster prod --via rsyslog", "on talos it is one of fluent-bit")]
    [InlineData("eks --cluster prod --via webhook", "no flag of the apiserver can be set")]
    [InlineData("k3s --cluster prod", "say where Reeve takes syslog")]
    [InlineData("k3s --cluster prod --via webhook --server http://10.0.0.5:8080", "over https only")]
    [InlineData("k3s --cluster prod --via vector --server http://10.0.0.5:8080", "could be read on the way")]
    [InlineData("k3s --cluster prod --via webhook --server https://10.0.0.5 --write --out /nowhere", "reeve token create --cluster prod")]
    [InlineData("k3s --cluster prod --via relp --syslog 127.0.0.1 --cert a.pem", "belong together")]
    [InlineData("kubeadm --cluster prod --via file --manifest /nowhere/pod.yaml", "/nowhere/pod.yaml: there is no such file")]
    public async Task Wrong_usage_is_one_line_that_says_what_to_do(string arguments, string expected)
    {
        var (exitCode, output, error) = await ReeveCommand.RunAsync(["setup", .. arguments.Split(' ')]);

        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains(expected, Assert.Single(error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manifest_that_is_not_understood_is_named_with_its_place_and_left_alone()
    {
        using var folder = new TemporaryFolder();
        folder.Write("kube-apiserver.yaml", "kind: Pod\nspec:\n  containers:\n  - name: kube-apiserver\n    command: [kube-apiserver]\n");

        var (exitCode, _, error) = await ReeveCommand.RunAsync([.. Arguments(folder, "rsyslog", new(IPAddress.Loopback, 1514)), "--write"]);

        Assert.Equal(1, exitCode);
        Assert.StartsWith($"reeve: {folder["kube-apiserver.yaml"]}:5:15: this list is not written one item a line", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["out"]));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task AssertDeliveredAsync(Analyst analyst, IReadOnlyList<string> lines)
    {
        var rows = await analyst.AllAsync();
        Delivered.AssertEach(lines, rows);
        Assert.All(rows, row => Assert.Equal("prod", row.GetProperty("cluster").GetString()));
        var longest = lines.MaxBy(line => line.Length)!;
        Assert.Contains(Hash(longest), rows.Select(row => Hash(row.GetProperty("raw").GetRawText())));
        var sender = Assert.Single((await analyst.GetAsync("/api/v1/senders")).GetProperty("senders").EnumerateArray());
        Assert.Equal(("k8s-audit-prod", 0), (sender.GetProperty("tag").GetString(), sender.GetProperty("cut").GetInt32()));
        Assert.Empty(sender.GetProperty("troubles").EnumerateArray());
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    // An update of a ConfigMap of 900 kB, recorded with request and response, between small events.
    private static List<string> LargeEvents()
    {
        var page = string.Concat(Enumerable.Range(0, 20_000).Select(line => $"{line} the quick brown fox jumps over the dog\\n"))[..900_000].TrimEnd('\\');
        var config = $$$"""{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"pages","namespace":"shop"},"data":{"page":"{{{page}}}"}}""";
        List<string> lines = [Event(0, ""), Event(1, $$$""","requestObject":{{{config}}},"responseObject":{{{config}}}"""), .. Enumerable.Range(2, 50).Select(number => Event(number, ""))];
        Assert.InRange(lines.Max(line => line.Length), 1_800_000, 1_900_000);
        return lines;
    }

    private static string Event(int number, string objects) =>
        $$$"""{"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"RequestResponse","auditID":"e2f0b1de-0000-4000-8000-{{{number:x12}}}","stage":"ResponseComplete","requestURI":"/api/v1/namespaces/shop/configmaps/pages","verb":"update","user":{"username":"alice","groups":["system:authenticated"]},"sourceIPs":["10.0.0.1"],"userAgent":"kubectl/v1.34.1","objectRef":{"resource":"configmaps","namespace":"shop","name":"pages","apiVersion":"v1"},"responseStatus":{"metadata":{},"code":200}{{{objects}}},"requestReceivedTimestamp":"2026-11-27T12:00:00.{{{number:000000}}}Z","stageTimestamp":"2026-11-27T12:00:00.{{{number:000000}}}Z"}""";

    // The log is where the manifest says that it is.
    private static string Manifest(TemporaryFolder folder) =>
        $"kind: Pod\nspec:\n  containers:\n  - name: kube-apiserver\n    command:\n    - kube-apiserver\n    - --audit-log-path={folder["audit.log"]}\n";

    private static IEnumerable<string> Arguments(TemporaryFolder folder, string way, IPEndPoint syslog) =>
        ["setup", "kubeadm", "--cluster", "prod", "--via", way, "--syslog", syslog.ToString(), "--manifest", folder["kube-apiserver.yaml"], "--out", folder["out"]];

    private static async Task<string> WriteAsync(TemporaryFolder folder, string[] arguments)
    {
        folder.Write("kube-apiserver.yaml", Manifest(folder));
        var (exitCode, output, error) = await ReeveCommand.RunAsync([.. arguments, "--write"]);
        Assert.True(exitCode == 0, output + error);
        return Assert.Single(Directory.GetFiles(folder["out"], "k8s-audit.conf", SearchOption.AllDirectories));
    }

    // What the command tells people to put there; only the address and the certificate are the test's.
    private static string Configuration(TemporaryFolder folder, string type, bool isTls, bool asksSenders = false)
    {
        using var authority = new TestAuthority("reeve-tests");
        using var certificate = authority.Issue("127.0.0.1");
        using var key = certificate.GetECDsaPrivateKey()!;
        folder.Write("ca.pem", authority.Pem);
        using var sender = authority.Issue("cp-1.example");
        using var senderKey = sender.GetECDsaPrivateKey()!;
        folder.Write("sender.crt", sender.ExportCertificatePem());
        folder.Write("sender.key", senderKey.ExportPkcs8PrivateKeyPem());
        folder.Write("tls.crt", certificate.ExportCertificatePem());
        folder.Write("tls.key", key.ExportPkcs8PrivateKeyPem());
        var tls = isTls ? $"\n    tls:\n      certificate: {folder["tls.crt"]}\n      key: {folder["tls.key"]}{(asksSenders ? $"\n      clientCa: {folder["ca.pem"]}" : "")}" : "";
        return $"""
            sources:
              - type: {type}
                name: {type}
                listen: 127.0.0.1:0{tls}
            clusters:
              - name: prod
                match:
                  tag: k8s-audit-prod
            """;
    }

    private static async Task SayAsync(Process command, string what)
    {
        while (await command.StandardOutput.ReadLineAsync(Token) is { } line)
        {
            if (line.Contains(what, StringComparison.Ordinal))
                return;
        }

        Assert.Fail($"it never said: {what}; but: {await command.StandardError.ReadToEndAsync(Token)}");
    }

    private static string SyslogNg()
    {
        // It excludes rsyslog as a package, so ./test unpacks it beside what it builds.
        var folder = Environment.GetEnvironmentVariable("REEVE_SYSLOG_NG") ?? Path.Combine(Repository.Root, ".reeve/syslog-ng");
        Assert.SkipUnless(File.Exists(Path.Combine(folder, "usr/sbin/syslog-ng")), $"syslog-ng is not unpacked in {folder}; ./test does it");
        return folder;
    }

    private static Process StartSyslogNg(string folder, TemporaryFolder work)
    {
        var modules = Directory.GetDirectories(Path.Combine(folder, "usr/lib/syslog-ng")).Single();
        var start = new ProcessStartInfo(
            Path.Combine(folder, "usr/sbin/syslog-ng"),
            ["-F", "-f", work["syslog-ng.conf"], "--module-path", modules, "-R", work["persist"], "-c", work["control"], "--pidfile", work["pid"], "--no-caps"])
        {
            UseShellExecute = false,
            Environment = { ["LD_LIBRARY_PATH"] = $"{folder}/usr/lib/syslog-ng:{folder}/usr/lib/x86_64-linux-gnu" },
        };
        return Process.Start(start)!;
    }
}
