using System.Diagnostics;
using System.Text.RegularExpressions;
using Reeve.Audit.Findings;
using Reeve.Audit.Policy;
using Reeve.Detection.Policy.Coverage;
using Reeve.Detection.Policy.Reading;
using Reeve.Detection.Rules;
using Reeve.Detection.Sigma;
using Reeve.Server.Setup;
using Reeve.Server.Setup.Manifests;
using Reeve.Server.Setup.Platforms;
using Reeve.Server.Tests.Setup.Manifests;
using YamlDotNet.RepresentationModel;

namespace Reeve.Server.Tests.Setup;

public sealed partial class SetupPlanTests
{
    private const string Pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

    private static readonly AuditChain Asked = new()
    {
        Cluster = "prod-eu1", Host = "cp-1", SyslogHost = "10.0.0.5", SyslogPort = 1599, Url = "https://reeve.example.com:8443", Token = "reeve_secret",
        AuthorityFile = "/root/reeve.crt", Authority = Pem,
    };

    public static TheoryData<string, string> All
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var platform in PlatformTable.All)
            {
                foreach (var way in platform.Ways.DefaultIfEmpty(""))
                    all.Add(platform.Name, way);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_path_name_and_address_is_the_same_in_all_files(string platform, string way)
    {
        var plan = Plan(platform, way);
        var text = string.Concat(plan.Files.Select(file => file.Text));

        Assert.DoesNotContain("{{", text, StringComparison.Ordinal);
        Assert.All(LogFile.Matches(text), path => Assert.Equal(plan.Chain.LogFile, path.Value));
        Assert.All(LogFolder.Matches(text), path => Assert.Contains(path.Groups["path"].Value, new[] { plan.Chain.LogFolder, plan.Chain.LogFile }));
        Assert.All(ClusterOfUrl.Matches(text), cluster => Assert.Equal("prod-eu1", cluster.Groups["cluster"].Value));
        Assert.All(TagText.Matches(text), tag => Assert.Equal("k8s-audit-prod-eu1", tag.Value));
        Assert.All(TokenText.Matches(text), token => Assert.Equal("reeve_secret", token.Groups["token"].Value));
        Assert.All(UrlText.Matches(text), url => Assert.Equal("https://reeve.example.com:8443", url.Value));
        string[] policies = [plan.Chain.PolicyFile, plan.Chain.WebhookKubeconfig ?? ""];
        Assert.All(PolicyPath.Matches(text), path => Assert.Contains(path.Groups["path"].Value, policies));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_file_can_be_read_by_what_it_is_for(string platform, string way)
    {
        foreach (var file in Plan(platform, way).Files)
        {
            if (file.Path.EndsWith(".yaml", StringComparison.Ordinal))
                Assert.NotEmpty(Yaml(file.Text).Documents);
            else if (file.IsProgram)
                Assert.Equal("", Bash(file.Text));
            else
                Assert.EndsWith(".conf", file.Path, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Whoever_holds_the_token_is_secret_and_nobody_else_has_it(string platform, string way)
    {
        foreach (var file in Plan(platform, way).Files)
            Assert.Equal(file.Text.Contains("reeve_secret", StringComparison.Ordinal), file.IsSecret);
    }

    [Theory]
    [InlineData("kubeadm", "kubeadm-audit.yaml")]
    [InlineData("k3s", "/etc/rancher/k3s/config.yaml.d/90-reeve-audit.yaml")]
    [InlineData("rke2", "/etc/rancher/rke2/config.yaml.d/90-reeve-audit.yaml")]
    [InlineData("kind", "kind.yaml")]
    [InlineData("minikube", "minikube.sh")]
    public void Flags_are_the_same_in_every_form(string platform, string file)
    {
        var plan = Plan(platform, "webhook");

        var text = plan.Files.Single(one => one.Path == file).Text;

        var flags = FlagText.Matches(text).ToDictionary(flag => flag.Groups["name"].Value, flag => flag.Groups["value"].Value, StringComparer.Ordinal);
        Assert.Equal(WantedFlag.Of(plan.Chain).Where(flag => !flag.IsDefault).ToDictionary(flag => flag.Name, flag => flag.Value, StringComparer.Ordinal), flags);
    }

    [Fact]
    public void Rotation_keeps_what_the_CIS_benchmark_asks_for()
    {
        var patched = ManifestPatch.Apply(SampleManifests.Kubeadm, Plan("kubeadm", "rsyslog").Chain);

        Assert.Equal(("30", "10", "100"), (new PatchedPod(patched.Text).Values("audit-log-maxage")[0], new PatchedPod(patched.Text).Values("audit-log-maxbackup")[0], new PatchedPod(patched.Text).Values("audit-log-maxsize")[0]));
    }

    [Fact]
    public void Kubeconfig_of_the_webhook_carries_certificate_and_token_in_it()
    {
        var file = Plan("kubeadm", "webhook").Files.Single(file => file.IsSecret);

        var root = Yaml(file.Text).Documents[0].RootNode;
        Assert.Equal(Pem, System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(root["clusters"][0]["cluster"]["certificate-authority-data"].ToString())));
        Assert.Equal("https://reeve.example.com:8443/api/v1/sources/kubernetes/prod-eu1/cp-1", root["clusters"][0]["cluster"]["server"].ToString());
        Assert.Equal("reeve_secret", root["users"][0]["user"]["token"].ToString());
    }

    [Fact]
    public void Policy_in_the_patch_of_Talos_is_the_policy()
    {
        var patch = Yaml(Plan("talos", "fluent-bit").Files.Single(file => file.Path == "talos-patch.yaml").Text).Documents[0].RootNode;

        Assert.Equal(Yaml(SetupText.Of("audit-policy.yaml")).Documents[0].RootNode, patch["cluster"]["apiServer"]["auditPolicy"]);
    }

    [Fact]
    public void The_policy_is_taken_without_a_word_and_blinds_no_rule_of_level_medium_or_above()
    {
        var reading = PolicyReader.Read("audit-policy.yaml", SetupText.Of("audit-policy.yaml"), TestContext.Current.CancellationToken);

        Assert.Empty(reading.Problems);
        var rules = RuleLoader.Read(ShippedRules.Files, SigmaOptions.Of(RuleLists.Empty)).Rules;
        Assert.All(new PolicyCoverage(reading.Policy!).Of(rules, FindingLevel.Medium), each => Assert.True(each.Sight.Visibility == Visibility.Full, each.Rule.Title));
    }

    [Fact]
    public void The_policy_records_secrets_without_their_values()
    {
        var policy = PolicyReader.Read("audit-policy.yaml", SetupText.Of("audit-policy.yaml"), TestContext.Current.CancellationToken).Policy!;

        Assert.All(RequestVerbs.OfResources, verb => Assert.Equal(AuditLevel.Metadata, policy.Decide(new PolicyRequest { User = "ana", IsResource = true, Verb = verb, Resource = "secrets" }).Level));
    }

    [Fact]
    public void A_tag_is_never_longer_than_syslog_allows() =>
        Assert.Equal(48, (Asked with { Cluster = new string('a', 253) }).Tag.Length);

    private static SetupPlan Plan(string platform, string way)
    {
        var (where, by) = (PlatformTable.Find(platform)!, SetupWay.Find(way));
        return SetupPlan.Of(where, by, SetupPlan.On(where, by, Asked), policy: null);
    }

    private static YamlStream Yaml(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream;
    }

    private static string Bash(string program)
    {
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-n"]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardError = true })!;
        bash.StandardInput.Write(program);
        bash.StandardInput.Close();
        return bash.StandardError.ReadToEnd();
    }

    [GeneratedRegex(@"/[\w./-]+\.log(?![\w.])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LogFile { get; }

    [GeneratedRegex(@"(hostPath|mountPath|containerPath|path): (?<path>/[\w./-]*(/log/|logs)[\w./-]*?)(,|\s|$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LogFolder { get; }

    [GeneratedRegex(@"/api/v1/sources/kubernetes/(?<cluster>[^/\s'""]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ClusterOfUrl { get; }

    [GeneratedRegex(@"k8s-audit-[\w-]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex TagText { get; }

    [GeneratedRegex(@"(Bearer |token: ""?)(?<token>[\w-]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TokenText { get; }

    [GeneratedRegex(@"https://[\w.:-]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex UrlText { get; }

    [GeneratedRegex(@"(: |=|"")(?<path>/[\w./-]*(audit|webhook)[\w-]*\.yaml)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PolicyPath { get; }

    [GeneratedRegex(@"(name: |apiserver\.|- |^\s*)(?<name>audit-(log|policy|webhook)-[a-z-]+)(=|: |, value: )""?(?<value>[^""\s\\]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex FlagText { get; }
}
