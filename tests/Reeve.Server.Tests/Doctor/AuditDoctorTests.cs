using Reeve.Audit.Findings;
using Reeve.Server.Doctor;
using Reeve.Server.Doctor.Files;
using Reeve.Server.Doctor.Mending;

namespace Reeve.Server.Tests.Doctor;

public sealed class AuditDoctorTests
{
    private static readonly string Article = Path.Combine(Repository.Root, "tests", "Reeve.Server.Tests", "Doctor", "article");

    public static TheoryData<string, string> Rsyslog => CaseTable.Two("Reeve.Server.Tests", "Doctor", "rsyslog.txt");

    public static TheoryData<string, string> Others => CaseTable.Two("Reeve.Server.Tests", "Doctor", "others.txt");

    // Lines as they stand in the article's files, which are as printed, no-break spaces among them.
    [Fact]
    public void Every_contradiction_of_the_article_is_named_once_with_its_line()
    {
        var findings = Examine(Article);

        string[] expected =
        [
            "policy-indentation audit.yaml:11", "policy-reads audit.yaml:5", "policy-interactive audit.yaml:5", "policy-secrets audit.yaml:24", "policy-controllers audit.yaml:13", "policy-doubles audit.yaml:24",
            "policy-elsewhere kube-apiserver.yaml:1", "policy-not-mounted kube-apiserver.yaml:4", "manifest-indentation kube-apiserver.yaml:5",
            "log-maxage kube-apiserver.yaml:2", "log-maxbackup kube-apiserver.yaml:2", "log-maxsize kube-apiserver.yaml:2",
            "polls kubernetes.conf:1", "cuts-events kubernetes.conf:1", "other-log kubernetes.conf:2", "no-position kubernetes.conf:2", "unknown-directive kubernetes.conf:6", "no-queue kubernetes.conf:7", "plaintext kubernetes.conf:7",
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), findings.Select(Show).Order(StringComparer.Ordinal));
        Assert.Contains("$InputFileMaxMessageSize", findings.Single(finding => finding.Remark.Code == "unknown-directive").Message, StringComparison.Ordinal);
        Assert.Contains("8,096 bytes", findings.Single(finding => finding.Remark.Code == "cuts-events").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_mended_of_the_article_has_nothing_left_to_mend()
    {
        using var folder = new TemporaryFolder();
        foreach (var (path, text) in MendedFiles.Of(Chain.Of(ChainFiles.Read([Article], null), null)))
            folder.Write(Path.GetRelativePath(Article, path), text);

        var left = Examine(folder.Path);

        // That a machine elsewhere is sent to in clear is for people to decide.
        Assert.All(left, finding => Assert.Equal(("plaintext", FindingLevel.Informational), (finding.Remark.Code, finding.Remark.Level)));
        Assert.Equal(3, Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Length);
    }

    [Theory]
    [MemberData(nameof(Rsyslog))]
    public void What_is_wrong_in_a_configuration_of_rsyslog_is_found(string text, string expected) => Found("rsyslog.conf", "module(load=\"imfile\")\n" + text, expected);

    [Theory]
    [MemberData(nameof(Others))]
    public void What_is_wrong_in_other_files_is_found(string text, string expected) => Found("file", text, expected);

    [Fact]
    public void The_manifest_that_kubeadm_writes_records_nothing()
    {
        const string kubeadm =
            """
            apiVersion: v1
            kind: Pod
            metadata:
              name: kube-apiserver
              namespace: kube-system
            spec:
              containers:
              - command:
                - kube-apiserver
                - --etcd-servers=https://127.0.0.1:2379
                image: registry.k8s.io/kube-apiserver:v1.34.1
                name: kube-apiserver
            """;
        Found("kube-apiserver.yaml", kubeadm.ReplaceLineEndings("\\n"), "no-log:10 no-policy:10");
    }

    [Fact]
    public void Events_that_were_seen_say_what_is_too_small()
    {
        using var folder = new TemporaryFolder();
        folder.Write("audit.log", $$"""{"kind":"Event","apiVersion":"audit.k8s.io/v1","stage":"ResponseComplete","verb":"{{new string('x', 10_000)}}"}""");
        folder.Write("rsyslog.conf", "module(load=\"imfile\")\nglobal(maxMessageSize=\"9k\")\n");
        Assert.Contains("messages end at 9,216 bytes; events of 10,", Assert.Single(Examine(folder.Path)).Message, StringComparison.Ordinal);

        folder.Write("rsyslog.conf", "module(load=\"imfile\")\nglobal(maxMessageSize=\"16k\")\n");
        Assert.Empty(Examine(folder.Path));
    }

    [Fact]
    public void A_node_that_lacks_what_its_files_name_is_told()
    {
        using var folder = new TemporaryFolder();
        folder.Write("rsyslog.conf", "module(load=\"imfile\")\nglobal(workDirectory=\"/nowhere/at/all\" maxMessageSize=\"2m\")\n");

        Assert.Equal("missing-folder", Assert.Single(AuditDoctor.Examine(ChainFiles.Read([folder.Path], "/"), null)).Remark.Code);
    }

    [Fact]
    public void Whatever_the_bytes_they_are_examined_and_mended()
    {
        using var folder = new TemporaryFolder();
        byte[][] seeds = [.. Directory.GetFiles(Article, "*", SearchOption.AllDirectories).Select(File.ReadAllBytes), .. new[] { "rsyslog.conf", "webhook-kubeconfig.yaml" }.Select(name => File.ReadAllBytes(Path.Combine(Repository.Root, "content", "setup", name)))];
        for (var seed = 0; seed < seeds.Length; seed++)
        {
            var mutator = new Mutator((ulong)seed + 1, [seeds[seed]]);
            for (var count = 0; count < 400; count++)
            {
                File.WriteAllBytes(folder["file"], mutator.Next(6_000));
                var chain = Chain.Of(ChainFiles.Read([folder.Path], null), null);
                Assert.All(AuditDoctor.Examine(chain), finding => Assert.InRange(finding.Line, 0, chain.Files.Files[0].Text.Split('\n').Length));
            }
        }
    }

    [Fact]
    public void Every_remark_has_a_code_of_its_own_and_says_what_happens()
    {
        Assert.Equal(DoctorRemarks.All.Length, DoctorRemarks.All.Select(remark => remark.Code).Distinct(StringComparer.Ordinal).Count());
        Assert.All(DoctorRemarks.All, remark => Assert.EndsWith(".", remark.Consequence, StringComparison.Ordinal));
    }

    private static void Found(string name, string text, string expected)
    {
        using var folder = new TemporaryFolder();
        folder.Write(name, text.Replace("\\n", "\n", StringComparison.Ordinal));

        Assert.Equal(
            expected == "nothing" ? [] : expected.Split(' ').Order(StringComparer.Ordinal),
            Examine(folder.Path).Select(finding => $"{finding.Remark.Code}:{finding.Line}").Order(StringComparer.Ordinal));
    }

    private static IReadOnlyList<DoctorFinding> Examine(string path) => AuditDoctor.Examine(ChainFiles.Read([path], null), null);

    private static string Show(DoctorFinding finding) => $"{finding.Remark.Code} {Path.GetFileName(finding.File)}:{finding.Line}";
}
