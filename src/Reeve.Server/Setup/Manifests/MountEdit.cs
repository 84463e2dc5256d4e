using Reeve.Detection.Yaml;

namespace Reeve.Server.Setup.Manifests;

/// <summary>Makes one change that brings a mount of a manifest, with its volume, to what it must be.</summary>
internal static class MountEdit
{
    /// <summary>Makes a change; false where nothing is to do.</summary>
    /// <param name="pod">The manifest.</param>
    /// <param name="lines">Its lines, which are changed.</param>
    /// <param name="wanted">What must be there.</param>
    /// <param name="chain">What else must be there: its mounts are no others'.</param>
    /// <param name="touched">Gets the name of each volume that is added or changed.</param>
    public static bool Make(ApiServerPod pod, ManifestLines lines, WantedMount wanted, AuditChain chain, ISet<string> touched)
    {
        var holding = pod.Mounts.Where(mount => mount.Holds(wanted.Seen)).OrderByDescending(mount => mount.Path.Length).ToList();
        if (holding is [var first, var second, ..] && (first.Path == second.Path || second.Path == wanted.Path))
            throw new ManifestRefusedException(first.Node.Line, first.Node.Column, $"{first.Path} is mounted beside {second.Path}; take one out");
        if (holding is [var deepest, ..])
        {
            if (deepest.Path == wanted.Path || deepest.Path == wanted.Seen)
                return Correct(pod, lines, wanted, deepest, touched);
            if (IsSeenThrough(pod, deepest, wanted))
                return false;
        }

        var meant = pod.Mounts.FirstOrDefault(mount => wanted.IsMeantBy(mount) && IsFree(pod, mount, chain));
        return meant is not null ? Correct(pod, lines, wanted, meant, touched) : Add(pod, lines, wanted, touched);
    }

    private static bool IsSeenThrough(ApiServerPod pod, PodMount mount, WantedMount wanted) =>
        !mount.IsPart && (wanted.IsReadOnly || !mount.IsReadOnly)
        && HostPath(pod, mount)?.Text("path") is { } host && PodMount.Trim(host.Value) + wanted.Path[mount.Path.Length..] == wanted.Path;

    // Nothing else of the pod needs this mount, so it may be moved.
    private static bool IsFree(ApiServerPod pod, PodMount mount, AuditChain chain) =>
        !mount.IsPart && pod.UsesOf(mount.Volume.Value) == 1
        && (!pod.Volumes.ContainsKey(mount.Volume.Value) || HostPath(pod, mount) is not null)
        && !WantedMount.Of(chain).Any(other => mount.Holds(other.Seen));

    private static YamlMapping? HostPath(ApiServerPod pod, PodMount mount) =>
        pod.Volumes.TryGetValue(mount.Volume.Value, out var volume) ? volume.Block("hostPath") : null;

    private static bool Correct(ApiServerPod pod, ManifestLines lines, WantedMount wanted, PodMount mount, ISet<string> touched)
    {
        if (mount.IsPart)
            throw new ManifestRefusedException(mount.Node.Line, mount.Node.Column, $"{mount.Path} shows a part of a volume (subPath); mount it as a hostPath of its own");
        touched.Add(mount.Volume.Value);
        if (mount.Path != wanted.Path)
            lines.Replace(mount.PathNode, wanted.Path);
        else if (mount.IsReadOnly != wanted.IsReadOnly && mount.ReadOnly is { } value)
            lines.Replace(value, wanted.IsReadOnly ? "true" : "false");
        else if (mount.IsReadOnly != wanted.IsReadOnly)
            AddKey(lines, mount.Node, "readOnly: true");
        else
            return CorrectVolume(pod, lines, wanted, mount);
        return true;
    }

    private static bool CorrectVolume(ApiServerPod pod, ManifestLines lines, WantedMount wanted, PodMount mount)
    {
        if (!pod.Volumes.TryGetValue(mount.Volume.Value, out var volume))
            return AddVolume(pod, lines, wanted, mount.Volume.Value);
        if (volume.Block("hostPath") is not { } host || host.Text("path") is not { } path)
            throw new ManifestRefusedException(volume.Line, volume.Column, $"the volume '{mount.Volume.Value}' of {mount.Path} is no hostPath, so nothing on the node is there; make it one");
        var type = host.Text("type");
        var isHere = PodMount.Trim(path.Value) == wanted.Path;
        if (isHere && type?.Value == wanted.Type)
            return false;
        if (pod.UsesOf(mount.Volume.Value) > 1)
            throw new ManifestRefusedException(volume.Line, volume.Column, $"the volume '{mount.Volume.Value}' of {mount.Path} is mounted elsewhere too; give {wanted.Path} a volume of its own");
        if (!isHere)
            lines.Replace(path, wanted.Path);
        else if (type is not null)
            lines.Replace(type, wanted.Type);
        else
            AddKey(lines, host, $"type: {wanted.Type}");
        return true;
    }

    private static void AddKey(ManifestLines lines, YamlMapping mapping, string text)
    {
        lines.RequireBlock(mapping);
        var last = mapping.Entries[^1].Key;
        lines.InsertAfter(lines.EndOf(last.Line, last.Column), new string(' ', mapping.Column - 1) + text);
    }

    private static bool Add(ApiServerPod pod, ManifestLines lines, WantedMount wanted, ISet<string> touched)
    {
        // A volume that nothing mounts was left over from an earlier try.
        var name = pod.Volumes.ContainsKey(wanted.Name) && pod.UsesOf(wanted.Name) > 0 ? $"{wanted.Name}-reeve" : wanted.Name;
        if (pod.Mounts.Any(mount => mount.Volume.Value == name))
            throw new ManifestRefusedException(pod.Container.Line, pod.Container.Column, $"the name '{name}' is taken by another mount; give that another name");
        touched.Add(name);
        string[] item = wanted.IsReadOnly ? [$"mountPath: {wanted.Path}", $"name: {name}", "readOnly: true"] : [$"mountPath: {wanted.Path}", $"name: {name}"];
        ListEdit.Append(lines, pod.Container, "volumeMounts", lines.EndOf(pod.Container.Line, pod.Containers.Column), Offset(pod), item);
        return true;
    }

    private static bool AddVolume(ApiServerPod pod, ManifestLines lines, WantedMount wanted, string name)
    {
        string[] item = ["hostPath:", $"  path: {wanted.Path}", $"  type: {wanted.Type}", $"name: {name}"];
        ListEdit.Append(lines, pod.Spec, "volumes", lines.EndOf(pod.SpecKey.Line, pod.SpecKey.Column), Offset(pod), item);
        return true;
    }

    // How far the dashes of this file's lists stand to the right of their keys.
    private static int Offset(ApiServerPod pod) => Math.Max(0, pod.Containers.Column - pod.Spec.Column);
}
