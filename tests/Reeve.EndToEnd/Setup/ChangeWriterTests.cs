using Reeve.Server.Setup;
using Reeve.Setup;

namespace Reeve.EndToEnd.Setup;

public sealed class ChangeWriterTests
{
    private const string Manifest = "kind: Pod\nspec:\n  containers:\n  - name: kube-apiserver\n    command:\n    - kube-apiserver\n";

    private static readonly DateTimeOffset Now = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_manifest_is_patched_in_place_and_kept_as_it_was_outside_the_folder_whose_files_kubelet_runs()
    {
        using var folder = new TemporaryFolder();
        folder.Write("manifests/kube-apiserver.yaml", Manifest);
        File.SetUnixFileMode(folder["manifests/kube-apiserver.yaml"], UnixFileMode.UserRead | UnixFileMode.UserWrite);

        ChangeWriter.Write(ManifestOf(folder));

        Assert.Equal([folder["manifests/kube-apiserver.yaml"]], Directory.GetFileSystemEntries(folder["manifests"]));
        Assert.Contains("--audit-policy-file=", File.ReadAllText(folder["manifests/kube-apiserver.yaml"]), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder["manifests/kube-apiserver.yaml"]));
        Assert.Equal(Manifest, File.ReadAllText(folder["kube-apiserver.yaml.before-reeve-20261127T120000Z"]));
        Assert.False(ManifestOf(folder).IsWritten);
        Assert.Null(ManifestOf(folder).Backup);
    }

    [Fact]
    public void A_file_with_a_token_is_for_its_owner_alone_even_where_one_was_open_before()
    {
        using var folder = new TemporaryFolder();
        folder.Write("kubeconfig", "old");
        File.SetUnixFileMode(folder["kubeconfig"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        ChangeWriter.Write(new(folder["kubeconfig"], "old", "new", new SetupFile("kubeconfig", "new") { IsSecret = true }));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder["kubeconfig"]));
        Assert.Equal("new", File.ReadAllText(folder["kubeconfig"]));
    }

    [Fact]
    public void A_link_stays_one()
    {
        using var folder = new TemporaryFolder();
        folder.Write("real/pod.yaml", "old");
        File.CreateSymbolicLink(folder["pod.yaml"], folder["real/pod.yaml"]);

        ChangeWriter.Write(new(folder["pod.yaml"], "old", "new", File: null));

        Assert.NotNull(new FileInfo(folder["pod.yaml"]).LinkTarget);
        Assert.Equal("new", File.ReadAllText(folder["real/pod.yaml"]));
    }

    [Fact]
    public void A_policy_that_people_wrote_is_kept_until_they_ask()
    {
        using var folder = new TemporaryFolder();
        folder.Write("out/var/lib/rancher/k3s/server/audit.yaml", "kind: Policy # mine");
        var request = new SetupRequest { Platform = "k3s", Cluster = "prod", Via = "file" };

        var kept = SetupRun.Prepare(request, new(folder["out"], null, null, ReplacesPolicy: false), Now).Changes.Single(change => change.File!.IsPolicy);
        var replaced = SetupRun.Prepare(request, new(folder["out"], null, null, ReplacesPolicy: true), Now).Changes.Single(change => change.File!.IsPolicy);

        Assert.False(kept.IsWritten);
        Assert.True(replaced.IsWritten);
    }

    private static FileChange ManifestOf(TemporaryFolder folder) =>
        SetupRun.Prepare(new() { Platform = "kubeadm", Cluster = "prod", Via = "file" }, new(null, folder["manifests/kube-apiserver.yaml"], null, ReplacesPolicy: false), Now).Changes[^1];
}
