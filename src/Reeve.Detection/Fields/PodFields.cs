namespace Reeve.Detection.Fields;

/// <summary>
/// Fields of the pods that a request would make, wherever it writes their spec: in a pod itself, in the template of a workload, or in a
/// CronJob's template of jobs. <c>podspec.hostPID</c> is a field of the spec, <c>podcontainers.image</c> one of each container in it, of
/// whatever kind.
/// </summary>
internal static class PodFields
{
    private const string Spec = "podspec.";
    private const string Containers = "podcontainers.";

    private static readonly string[] Specs = ["requestObject.spec", "requestObject.spec.template.spec", "requestObject.spec.jobTemplate.spec.template.spec"];

    private static readonly string[] Kinds = ["containers", "initContainers", "ephemeralContainers"];

    /// <summary>Whether it is such a field.</summary>
    public static bool IsOne(string name) => name.StartsWith(Spec, StringComparison.Ordinal) || name.StartsWith(Containers, StringComparison.Ordinal);

    /// <summary>One of them.</summary>
    public static Field Of(string name) =>
        name.StartsWith(Spec, StringComparison.Ordinal) ? Union(name, Specs.Select(spec => $"{spec}.{name[Spec.Length..]}"))
        : Union(name, Specs.SelectMany(spec => Kinds.Select(kind => $"{spec}.{kind}.{name[Containers.Length..]}")));

    private static Field.Union Union(string name, IEnumerable<string> paths) => new(name, [.. paths.Select(path => new Field.Path(path))]);
}
