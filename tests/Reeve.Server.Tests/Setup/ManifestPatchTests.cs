using System.Text;
using Reeve.Detection.Yaml;
using Reeve.Server.Setup;
using Reeve.Server.Setup.Manifests;

namespace Reeve.Server.Tests.Setup;

public sealed class ManifestPatchTests
{
    private const string Kubeadm =
        """
        # written by kubeadm
        apiVersion: v1
        kind: Pod
        metadata:
          name: kube-apiserver
          namespace: kube-system
        spec:
          containers:
          - command:
            - kube-apiserver
            - --advertise-address=10.0.0.5  # ours
            # why not
            - --tls-private-key-file=/etc/kubernetes/pki/apiserver.key
            image: registry.k8s.io/kube-apiserver:v1.34.1
            name: kube-apiserver
            volumeMounts:
            - mountPath: /etc/ssl/certs
              name: ca-certs
              readOnly: true
          hostNetwork: true
          volumes:
          - hostPath:
              path: /etc/ssl/certs
              type: DirectoryOrCreate
            name: ca-certs
        status: {}

        """;

    private static readonly AuditChain Chain = new() { Cluster = "prod" };

    private static readonly AuditChain WithWebhook = Chain with { WebhookKubeconfig = "/etc/kubernetes/audit-webhook.yaml" };

    public static TheoryData<string> Manifests =>
    [
        Kubeadm,
        Kubeadm.Replace("    - kube-apiserver\n", "    - kube-apiserver\n    - --audit-policy-file=/etc/old/policy.yaml\n    - --audit-log-maxage=5\n", StringComparison.Ordinal),
        Kubeadm.Replace("  - command:\n    - kube-apiserver\n", "  - command: [kube-apiserver]\n    args:\n", StringComparison.Ordinal),
        Kubeadm.Replace("    volumeMounts:\n    - mountPath: /etc/ssl/certs\n      name: ca-certs\n      readOnly: true\n", "", StringComparison.Ordinal),
        Kubeadm.Replace("    - ", "      - ", StringComparison.Ordinal).Replace("      name: ca-certs\n      readOnly", "        name: ca-certs\n        readOnly", StringComparison.Ordinal),
        Kubeadm.Replace("\n", "\r\n", StringComparison.Ordinal),
        Kubeadm.Replace("--advertise-address=10.0.0.5", "\"--advertise-address=10.0.0.5\"", StringComparison.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Manifests))]
    public void A_patch_brings_everything_once_and_changes_nothing_else(string manifest)
    {
        foreach (var chain in new[] { Chain, WithWebhook })
        {
            var patched = ManifestPatch.Apply(manifest, chain);

            Assert.Null(patched.Problem);
            Assert.Equal(patched.Text, ManifestPatch.Apply(patched.Text, chain).Text);
            var pod = ApiServerPod.Read(patched.Text);
            Assert.Equal(chain.PolicyFile, Assert.Single(pod.Flags, flag => flag.Name == "audit-policy-file").Value);
            Assert.Equal(chain.LogFile, Assert.Single(pod.Flags, flag => flag.Name == "audit-log-path").Value);
            Assert.Equal("30", Assert.Single(pod.Flags, flag => flag.Name == "audit-log-maxage").Value);
            Assert.True(Assert.Single(pod.Mounts, mount => mount.Holds(chain.PolicyFile)).IsReadOnly);
            var log = Assert.Single(pod.Mounts, mount => mount.Holds(chain.LogFile));
            Assert.False(log.IsReadOnly);
            Assert.Equal(chain.LogFolder, pod.Volumes[log.Volume.Value].Block("hostPath")!.Text("path")!.Value);
            Assert.Equal(chain.WebhookKubeconfig is null ? 0 : 1, pod.Mounts.Count(mount => mount.Path == WithWebhook.WebhookKubeconfig));
            Assert.Equal(Comments(manifest), Comments(patched.Text));
            Assert.Equal("status", ((YamlMapping)YamlTree.Parse(patched.Text)!).Entries[^1].Key.Value);
        }
    }

    [Theory]
    [InlineData("kind: Deployment\n", "this is not a pod")]
    [InlineData("kind: Pod\nspec:\n  containers:\n  - {name: other, command: [x]}\n", "no container is called kube-apiserver")]
    [InlineData("kind: Pod\nspec:\n  containers:\n  - name: kube-apiserver\n    command: [sh, -c, run]\n", "does not start kube-apiserver itself")]
    [InlineData("kind: Pod\nspec: [\n", "")]
    public void What_it_does_not_understand_it_leaves_alone_and_says_so(string manifest, string message)
    {
        var patched = ManifestPatch.Apply(manifest, Chain);

        Assert.Equal(manifest, patched.Text);
        Assert.Contains(message, patched.Problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_webhook_to_somebody_else_is_not_taken_away()
    {
        var patched = ManifestPatch.Apply(Kubeadm.Replace("    - kube-apiserver\n", "    - kube-apiserver\n    - --audit-webhook-config-file=/etc/other.yaml\n", StringComparison.Ordinal), WithWebhook);

        Assert.Contains("has one webhook", patched.Problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_the_manifest_a_patch_is_done_once_or_refused()
    {
        var mutator = new Mutator(17, [Encoding.UTF8.GetBytes(Kubeadm)]);
        var patches = 0;
        for (var count = 0; count < 3_000; count++)
        {
            var manifest = Encoding.UTF8.GetString(mutator.Next(2_000));
            var patched = ManifestPatch.Apply(manifest, WithWebhook);
            if (patched.Problem is not null)
            {
                Assert.Equal(manifest, patched.Text);
                continue;
            }

            patches++;
            Assert.Equal(patched.Text, ManifestPatch.Apply(patched.Text, WithWebhook).Text);
        }

        Assert.True(patches > 300, $"only {patches} were patched");
    }

    private static List<string> Comments(string text) => [.. text.Split('\n').Where(line => line.Contains('#')).Select(line => line[line.IndexOf('#')..].TrimEnd())];
}
