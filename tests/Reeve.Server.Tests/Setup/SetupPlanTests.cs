using System.Text.RegularExpressions;
using Reeve.Detection.Policy.Reading;
using Reeve.Detection.Yaml;
using Reeve.Server.Doctor;
using Reeve.Server.Doctor.Files;
using Reeve.Server.Setup;

namespace Reeve.Server.Tests.Setup;

public sealed partial class SetupPlanTests
{
    public static TheoryData<string, string> Plans => [.. from platform in SetupPlatform.All from way in SetupWay.All select (platform.Name, way.Name)];

    [Theory]
    [MemberData(nameof(Plans))]
    public void All_files_of_a_chain_name_the_same_paths_and_leave_no_place_open(string platform, string way)
    {
        var plan = Plan(platform, way);

        Assert.All(plan.Files, file => Assert.DoesNotContain("{{", file.Text, StringComparison.Ordinal));
        Assert.All(plan.Next, line => Assert.DoesNotContain("{{", line, StringComparison.Ordinal));
        foreach (var file in plan.Files.Where(file => !file.Path.EndsWith("audit-policy.yaml", StringComparison.Ordinal)))
        {
            foreach (Match path in AuditPaths.Matches(file.Text))
                Assert.Contains(path.Value, (string[])[plan.Chain.PolicyFile, plan.Chain.LogFile, plan.Chain.LogFolder, SetupWay.All.Single(each => each.Name == "webhook").Path, "/var/log/audit/kube"]);
        }

        Assert.All(plan.Files.Where(file => file.IsSecret), file => Assert.Contains("reeve_secret", file.Text, StringComparison.Ordinal));
        Assert.All(plan.Files.Where(file => !file.IsSecret), file => Assert.DoesNotContain("reeve_secret", file.Text, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public void Every_file_that_is_YAML_can_be_read(string platform, string way)
    {
        foreach (var file in Plan(platform, way).Files.Where(file => file.Path.EndsWith(".yaml", StringComparison.Ordinal)))
            Assert.NotEmpty(YamlTree.ParseAll(file.Text));
    }

    [Theory]
    [InlineData("rsyslog")]
    [InlineData("webhook")]
    [InlineData("fluent-bit")]
    public void The_doctor_has_nothing_to_say_to_what_is_set_up(string way)
    {
        using var folder = new TemporaryFolder();
        foreach (var file in Plan("kubeadm", way).Files)
            folder.Write(file.Path, file.Text);

        var findings = AuditDoctor.Examine(ChainFiles.Read([folder.Path], folder.Path), null);

        // A machine elsewhere, by plain syslog.
        Assert.All(findings, finding => Assert.Equal("plaintext", finding.Remark.Code));
    }

    [Fact]
    public void The_policy_that_comes_along_is_taken_without_a_word() =>
        Assert.Empty(PolicyReader.Read("audit-policy.yaml", SetupText.Of("audit-policy.yaml")).Problems);

    [Theory]
    [InlineData("10.0.0.5", false, "10.0.0.5 1514 https://10.0.0.5:1514")]
    [InlineData("siem:6000", false, "siem 6000 https://siem:6000")]
    [InlineData("https://siem.example:8443/", true, "siem.example 8443 https://siem.example:8443")]
    [InlineData("siem.example", true, "siem.example 443 https://siem.example")]
    [InlineData("http://siem.example", true, null)]
    [InlineData("siem/path", true, null)]
    [InlineData("a b", false, null)]
    [InlineData("u@siem", false, null)]
    [InlineData("siem\" evil", false, null)]
    [InlineData("", false, null)]
    public void A_server_is_a_host_with_or_without_a_port(string text, bool isHttps, string? expected) =>
        Assert.Equal(expected, SetupTarget.Parse(text, isHttps) is { } target ? $"{target.Host} {target.Port} {target.Url}" : null);

    private static SetupPlan Plan(string platform, string way) => SetupPlan.Of(
        SetupPlatform.All.Single(each => each.Name == platform), SetupWay.All.Single(each => each.Name == way), "prod", SetupTarget.Parse("10.0.0.5:8443", isHttps: true)!, "reeve_secret", policy: null);

    // Paths that speak of audit, but for where shippers keep their own things.
    [GeneratedRegex(@"(?<![\w./-])/(etc/(kubernetes|ssl/certs|rancher)|var/log|var/lib/rancher)/[\w./-]*audit[\w./-]*(?<![.])", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex AuditPaths { get; }
}
