using System.Text;
using Reeve.Server.Setup;
using Reeve.Server.Setup.Manifests;

namespace Reeve.Server.Tests.Setup.Manifests;

public sealed class ManifestPatchTests
{
    private static readonly AuditChain Chain = new() { Cluster = "prod", WebhookKubeconfig = "/etc/kubernetes/reeve-webhook.yaml" };

    public static TheoryData<string> All => SampleManifests.All;

    [Theory]
    [MemberData(nameof(All))]
    public void Flags_mounts_and_volumes_are_there_once_each(string manifest)
    {
        var patched = Patched(manifest, Chain);

        var pod = new PatchedPod(patched);
        Assert.Equal([Chain.PolicyFile], pod.Values("audit-policy-file"));
        Assert.Equal([Chain.LogFile], pod.Values("audit-log-path"));
        Assert.InRange(int.Parse(Assert.Single(pod.Values("audit-log-maxage")), null), 30, 1000);
        Assert.InRange(int.Parse(Assert.Single(pod.Values("audit-log-maxbackup")), null), 10, 1000);
        Assert.InRange(int.Parse(Assert.Single(pod.Values("audit-log-maxsize")), null), 100, 1000);
        Assert.Equal([Chain.WebhookKubeconfig!], pod.Values("audit-webhook-config-file"));
        Assert.Equal((true, Chain.PolicyFile, "File"), Assert.Single(pod.At(Chain.PolicyFile)));
        Assert.Equal((false, Chain.LogFolder, "DirectoryOrCreate"), Assert.Single(pod.At(Chain.LogFolder)));
        Assert.Equal((true, Chain.WebhookKubeconfig!, "File"), Assert.Single(pod.At(Chain.WebhookKubeconfig!)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_second_time_changes_nothing(string manifest)
    {
        var once = Patched(manifest, Chain);

        Assert.Equal(once, Patched(once, Chain));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Everything_else_stays_line_by_line(string manifest)
    {
        var after = Patched(manifest, Chain).Split('\n').ToList();

        foreach (var line in manifest.Split('\n').Where(line => !line.Contains("audit", StringComparison.Ordinal) && !line.Contains("log,", StringComparison.Ordinal)))
            Assert.True(after.Remove(line) || after.Remove(line + "\r"), $"gone: {line}");
    }

    [Fact]
    public void Manifest_of_kubeadm_gets_exactly_the_lines_that_are_missing()
    {
        var before = SampleManifests.Kubeadm.Split('\n');
        var after = Patched(SampleManifests.Kubeadm, Chain).Split('\n');

        // Flags; three mounts, two of them read-only; three volumes.
        Assert.Equal(8 + 8 + 12, after.Length - before.Length);
    }

    [Fact]
    public void Numbers_that_suffice_are_kept_and_others_raised()
    {
        var pod = new PatchedPod(Patched(SampleManifests.Odd, Chain));

        Assert.Equal(("12", "500", "30"), (pod.Values("audit-log-maxbackup")[0], pod.Values("audit-log-maxsize")[0], pod.Values("audit-log-maxage")[0]));
        Assert.Equal(["json"], pod.Values("audit-log-format"));
    }

    [Fact]
    public void A_mount_that_was_meant_for_the_policy_is_moved_instead_of_left_to_stop_the_apiserver()
    {
        var patched = Patched(SampleManifests.Article, Chain with { PolicyFile = "/etc/kubernetes/audit/policy.yaml" });

        Assert.DoesNotContain("/etc/kubernetes/audit-policy.yaml", patched, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_mounted_already_is_not_mounted_again()
    {
        var patched = Patched(SampleManifests.Kubeadm, Chain with { WebhookKubeconfig = "/etc/kubernetes/pki/reeve-webhook.yaml" });

        Assert.Empty(new PatchedPod(patched).At("/etc/kubernetes/pki/reeve-webhook.yaml"));
    }

    [Fact]
    public void A_comment_behind_a_flag_that_goes_stays_on_a_line_of_its_own()
    {
        var manifest = SampleManifests.Kubeadm.Replace("    # no anon", "    - --audit-log-maxage=1 # why\n    - --audit-log-maxage=60\n    # no anon", StringComparison.Ordinal);

        var lines = Patched(manifest, Chain).Split('\n');

        Assert.Contains("    # why", lines);
        Assert.Contains("    - --audit-log-maxage=60", lines);
        Assert.DoesNotContain(lines, line => line.Contains("maxage=1", StringComparison.Ordinal));
    }

    public static TheoryData<string, string, int> Refused => new()
    {
        { "kind: ConfigMap\n", "this is not a pod", 1 },
        { "a: [", "", 2 },
        { SampleManifests.Bare.Replace("kube-apiserver\n", "etcd\n", StringComparison.Ordinal), "no container is called kube-apiserver", 4 },
        { "kind: Pod\nspec:\n  containers:\n  - name: kube-apiserver\n    command: [kube-apiserver, --a=b]\n", "one item a line", 5 },
        { "kind: Pod\nspec:\n  containers:\n  - name: kube-apiserver\n    command:\n    - sh\n    - -c\n    - exec kube-apiserver --a=b\n", "its flags are elsewhere", 6 },
        { SampleManifests.Bare + "\n    - --audit-webhook-config-file=/etc/falco.yaml", "one webhook", 7 },
        { SampleManifests.Bare + "\n    volumeMounts:\n    - { name: x, mountPath: /etc/kubernetes/audit-policy.yaml, readOnly: true }\n  volumes:\n  - name: x\n    configMap: { name: y }", "no hostPath", 10 },
        { SampleManifests.Bare + "\n  volumes: []", "one item a line", 7 },
        { SampleManifests.Bare + "\n---\nkind: Pod", "", 7 },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_cannot_be_understood_is_refused_with_its_place_and_stays(string manifest, string reason, int line)
    {
        var patched = ManifestPatch.Apply(manifest, Chain);

        Assert.Equal(manifest, patched.Text);
        Assert.NotNull(patched.Problem);
        Assert.Contains(reason, patched.Problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', patched.Problem.Message);
        Assert.Equal(line, patched.Problem.Line);
    }

    [Fact]
    public void Damaged_manifests_are_refused_or_patched_for_good_and_keep_their_comments()
    {
        var mutator = new Mutator(11, [.. SampleManifests.All.Select(row => Encoding.UTF8.GetBytes(row.Data))]);
        var done = 0;
        for (var round = 0; round < 3_000; round++)
        {
            var manifest = Encoding.UTF8.GetString(mutator.Next(4_096));
            var patched = ManifestPatch.Apply(manifest, Chain);
            if (patched.Problem is not null)
            {
                Assert.Equal(manifest, patched.Text);
                continue;
            }

            done++;
            var again = ManifestPatch.Apply(patched.Text, Chain);
            Assert.Null(again.Problem);
            Assert.Equal(patched.Text, again.Text);
            Assert.Equal([Chain.PolicyFile], new PatchedPod(patched.Text).Values("audit-policy-file"));
            var lines = patched.Text.Split('\n').Select(line => line.TrimEnd('\r')).ToHashSet(StringComparer.Ordinal);
            Assert.All(manifest.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.TrimStart().StartsWith('#')), line => Assert.Contains(line, lines));
        }

        Assert.InRange(done, 100, 3_000);
    }

    private static string Patched(string manifest, AuditChain chain)
    {
        var patched = ManifestPatch.Apply(manifest, chain);
        Assert.Null(patched.Problem);
        return patched.Text;
    }
}
