using System.Globalization;
using Reeve.Server.Doctor.Files;
using Reeve.Server.Setup.Manifests;

namespace Reeve.Server.Doctor.Checks;

/// <summary>The flags of kube-apiserver, and what of the node its container sees.</summary>
internal static class ManifestChecks
{
    public static IEnumerable<DoctorFinding> Check(Chain chain) => chain.Manifests.SelectMany(manifest =>
    {
        try
        {
            return Judge(chain, manifest).ToList();
        }
        catch (ManifestRefusedException refused)
        {
            return [new(DoctorRemarks.ManifestRefused, manifest.File.Path, manifest.Text.LineOf(refused.Problem.Line), refused.Problem.Message)];
        }
    });

    private static IEnumerable<DoctorFinding> Judge(Chain chain, ReadManifest manifest)
    {
        if (manifest.Text.BrokenLine > 0)
            yield return new(DoctorRemarks.ManifestIndentation, manifest.File.Path, manifest.Text.BrokenLine, IndentRepair.Describe(manifest.File.Text));
        if (manifest.Pod is not { } pod)
        {
            yield return new(DoctorRemarks.ManifestRefused, manifest.File.Path, manifest.Text.LineOf(manifest.Problem!.Line), manifest.Problem.Message);
            yield break;
        }

        foreach (var finding in Flags(manifest).Concat(Policy(chain, manifest, pod)).Concat(Log(manifest, pod)).Concat(Webhook(chain, manifest, pod)))
            yield return finding;
    }

    private static IEnumerable<DoctorFinding> Flags(ReadManifest manifest)
    {
        var log = manifest.Flag("audit-log-path");
        if (log is null && manifest.Flag("audit-webhook-config-file") is null)
            yield return new(DoctorRemarks.NoLog, manifest.File.Path, manifest.LineOf((PodFlag?)null), "neither --audit-log-path nor --audit-webhook-config-file is given", "    - --audit-log-path=/var/log/kubernetes/audit/audit.log");
        if (manifest.Flag("audit-policy-file") is null)
            yield return new(DoctorRemarks.NoPolicy, manifest.File.Path, manifest.LineOf((PodFlag?)null), "--audit-policy-file is not given", "    - --audit-policy-file=/etc/kubernetes/audit-policy.yaml");
        if (log is null)
            yield break;
        foreach (var (remark, name, least) in new[] { (DoctorRemarks.MaxAge, "audit-log-maxage", 30), (DoctorRemarks.MaxBackup, "audit-log-maxbackup", 10), (DoctorRemarks.MaxSize, "audit-log-maxsize", 100) })
        {
            var flag = manifest.Flag(name);
            if (flag is null || !int.TryParse(flag.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value < least)
                yield return new(remark, manifest.File.Path, manifest.LineOf(flag ?? log), flag is null ? $"--{name} is not given" : $"--{name} is {flag.Value}", $"    - --{name}={least}");
        }
    }

    private static IEnumerable<DoctorFinding> Policy(Chain chain, ReadManifest manifest, ApiServerPod pod)
    {
        if (manifest.Flag("audit-policy-file") is not { Value: { } path } flag)
            yield break;
        var saved = chain.Policies.Select(policy => policy.File.NodePath).Where(node => node.Length > 0).ToList();
        if (saved.Count > 0 && !saved.Contains(path, StringComparer.Ordinal))
            yield return new(DoctorRemarks.PolicyElsewhere, manifest.File.Path, manifest.LineOf(flag), $"the flag names {path}; the policy is saved as {saved[0]}", $"    - --audit-policy-file={saved[0]}");
        if (Mounted(manifest, pod, path, "audit") is { } mount)
            yield return new(DoctorRemarks.PolicyNotMounted, manifest.File.Path, mount.Line, $"the flag names {path}; {mount.What}", $"    - mountPath: {path}\n      name: audit-policy\n      readOnly: true");
        foreach (var differs in Differing(manifest, pod, path))
            yield return differs;
    }

    private static IEnumerable<DoctorFinding> Log(ReadManifest manifest, ApiServerPod pod)
    {
        if (manifest.Flag("audit-log-path") is not { Value: { } path } || !path.StartsWith('/'))
            yield break;
        var folder = Path.GetDirectoryName(path)!;
        var mount = pod.Mounts.FirstOrDefault(mount => mount.Holds(path));
        if (mount is null)
        {
            yield return new(DoctorRemarks.LogNotMounted, manifest.File.Path, manifest.LineOf(manifest.Flag("audit-log-path")), $"no mount shows {folder}", $"    - mountPath: {folder}\n      name: audit-log");
            yield break;
        }

        if (mount.IsReadOnly)
            yield return new(DoctorRemarks.LogReadOnly, manifest.File.Path, manifest.LineOf(mount.ReadOnly!), $"{mount.Path} is mounted readOnly", "      readOnly: false");
        if (mount.Path == path)
            yield return new(DoctorRemarks.LogMountedAsFile, manifest.File.Path, manifest.LineOf(mount.PathNode), "the mount is the file itself; mount its folder", $"    - mountPath: {folder}\n      name: {mount.Volume.Value}");
        foreach (var differs in Differing(manifest, pod, path))
            yield return differs;
    }

    private static IEnumerable<DoctorFinding> Webhook(Chain chain, ReadManifest manifest, ApiServerPod pod)
    {
        if (manifest.Flag("audit-webhook-config-file") is not { Value: { } path } flag)
            yield break;
        var saved = chain.Files.Of(ChainFileKind.Kubeconfig).Select(file => file.NodePath).Where(node => node.Length > 0).ToList();
        if (saved.Count > 0 && !saved.Contains(path, StringComparer.Ordinal))
            yield return new(DoctorRemarks.WebhookElsewhere, manifest.File.Path, manifest.LineOf(flag), $"the flag names {path}; the kubeconfig is saved as {saved[0]}", $"    - --audit-webhook-config-file={saved[0]}");
        else if (Mounted(manifest, pod, path, "webhook") is { } mount)
            yield return new(DoctorRemarks.WebhookElsewhere, manifest.File.Path, mount.Line, $"the flag names {path}; {mount.What}", $"    - mountPath: {path}\n      name: audit-webhook\n      readOnly: true");
    }

    // Where the container does not see a path, and what it sees instead.
    private static (int Line, string What)? Mounted(ReadManifest manifest, ApiServerPod pod, string path, string meant)
    {
        if (pod.Mounts.Any(mount => mount.Holds(path)))
            return null;
        var other = pod.Mounts.FirstOrDefault(mount => mount.Path.Contains(meant, StringComparison.Ordinal) && mount.Path.EndsWith(".yaml", StringComparison.Ordinal));
        return other is null ? (manifest.LineOf(manifest.Pod!.Flags[^1]), "no mount shows it") : (manifest.LineOf(other.PathNode), $"the mount shows {other.Path}");
    }

    // A volume of another place, or of the wrong kind.
    private static IEnumerable<DoctorFinding> Differing(ReadManifest manifest, ApiServerPod pod, string path)
    {
        var mount = pod.Mounts.FirstOrDefault(mount => mount.Holds(path));
        if (mount is null || !pod.Volumes.TryGetValue(mount.Volume.Value, out var volume))
        {
            if (mount is not null)
                yield return new(DoctorRemarks.MountDiffers, manifest.File.Path, manifest.LineOf(mount.Volume), $"there is no volume '{mount.Volume.Value}'", $"  - name: {mount.Volume.Value}\n    hostPath:\n      path: {mount.Path}");
            yield break;
        }

        if (volume.Block("hostPath") is not { } host || host.Text("path") is not { } source)
        {
            yield return new(DoctorRemarks.MountDiffers, manifest.File.Path, manifest.LineOf(volume), $"the volume '{mount.Volume.Value}' is no hostPath: nothing of the node is in it", $"    hostPath:\n      path: {mount.Path}");
            yield break;
        }

        if (PodMount.Trim(source.Value) != mount.Path)
            yield return new(DoctorRemarks.MountDiffers, manifest.File.Path, manifest.LineOf(source), $"the container's {mount.Path} is the node's {source.Value}", $"      path: {mount.Path}");
        var isFile = mount.Path == path && path.EndsWith(".yaml", StringComparison.Ordinal);
        if (host.Text("type") is { } type && (type.Value.StartsWith("File", StringComparison.Ordinal), type.Value.StartsWith("Directory", StringComparison.Ordinal)) is var (asFile, asFolder) && (isFile ? asFolder : asFile && mount.Path != path))
            yield return new(DoctorRemarks.MountDiffers, manifest.File.Path, manifest.LineOf(type), $"{mount.Path} is a {(isFile ? "file" : "folder")}, and the type of its volume is {type.Value}", $"      type: {(isFile ? "File" : "DirectoryOrCreate")}");
    }
}
