using Reeve.Detection.Yaml;

namespace Reeve.Server.Setup.Manifests;

/// <summary>A static pod manifest of kube-apiserver, as far as audit logging needs it.</summary>
/// <param name="SpecKey">The key <c>spec</c>.</param>
/// <param name="Spec">The pod's spec.</param>
/// <param name="Containers">Its containers.</param>
/// <param name="Container">The one that runs kube-apiserver.</param>
/// <param name="Lists">Where its flags are: <c>command</c>, <c>args</c> or both, in the order in which the program gets them.</param>
internal sealed record ApiServerPod(YamlScalar SpecKey, YamlMapping Spec, YamlSequence Containers, YamlMapping Container, IReadOnlyList<YamlSequence> Lists)
{
    private const string Name = "kube-apiserver";

    /// <summary>All flags.</summary>
    public IReadOnlyList<PodFlag> Flags { get; } = [.. Lists.SelectMany(PodFlag.Of)];

    /// <summary>The mounts of the container.</summary>
    public IReadOnlyList<PodMount> Mounts { get; } = [.. PodMount.Of(Container)];

    /// <summary>The pod's volumes, by their names.</summary>
    public IReadOnlyDictionary<string, YamlMapping> Volumes { get; } = VolumesOf(Spec);

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="YamlDotNet.Core.YamlException">It is no YAML, or has aliases or several documents.</exception>
    /// <exception cref="ManifestRefusedException">It is no pod of kube-apiserver.</exception>
    public static ApiServerPod Read(string manifest)
    {
        if (YamlTree.Parse(manifest) is not YamlMapping root || root.Text("kind")?.Value != "Pod" || root.Block("spec") is not { } spec)
            throw new ManifestRefusedException(1, 1, "this is not a pod; the static pod of kube-apiserver is kube-apiserver.yaml in the manifests folder of kubelet");
        var containers = spec.List("containers") ?? throw new ManifestRefusedException(spec.Line, spec.Column, "the pod has no containers");
        var all = containers.All<YamlMapping>("a container").ToList();
        var container = all.Find(one => one.Text("name")?.Value == Name) ?? throw new ManifestRefusedException(containers.Line, containers.Column, $"no container is called {Name}");
        return new(root.Entry("spec")!.Value.Key, spec, containers, container, ListsOf(container));
    }

    /// <summary>How many mounts of the pod's containers use a volume.</summary>
    public int UsesOf(string volume) =>
        new[] { Containers, Spec.List("initContainers") }.OfType<YamlSequence>()
            .SelectMany(list => list.All<YamlMapping>("a container"))
            .Sum(container => PodMount.Of(container).Count(mount => mount.Volume.Value == volume));

    private static List<YamlSequence> ListsOf(YamlMapping container)
    {
        var command = container.List("command");
        List<YamlSequence> lists = [.. new[] { command, container.List("args") }.OfType<YamlSequence>().Where(list => list.Items.Count > 0)];
        if (lists.Count == 0)
            throw new ManifestRefusedException(container.Line, container.Column, "the container has neither a command nor args, so its flags are elsewhere");
        if (command is not null && !lists.SelectMany(list => list.All<YamlScalar>("a text")).Any(item => item.Value.Split('/')[^1] == Name))
            throw new ManifestRefusedException(command.Line, command.Column, $"the command does not start {Name} itself, so its flags are elsewhere");
        return lists;
    }

    private static Dictionary<string, YamlMapping> VolumesOf(YamlMapping spec)
    {
        var volumes = new Dictionary<string, YamlMapping>(StringComparer.Ordinal);
        foreach (var volume in spec.List("volumes")?.All<YamlMapping>("a volume") ?? [])
        {
            if (volume.Text("name") is { } name && !volumes.TryAdd(name.Value, volume))
                throw new ManifestRefusedException(name.Line, name.Column, $"the volume '{name.Value}' is here twice; take one out");
        }

        return volumes;
    }
}
