using Reeve.Commands;
using Reeve.Server.Setup;
using Reeve.Server.Setup.Manifests;
using Reeve.Server.Setup.Platforms;

namespace Reeve.Setup;

/// <summary>A chain and what it changes on this machine; nothing is changed yet.</summary>
/// <param name="Platform">Where the cluster runs.</param>
/// <param name="Way">The way; null where a cloud has its own.</param>
/// <param name="Plan">All that makes the chain.</param>
/// <param name="Changes">The files, the manifest last: kubelet starts the apiserver with what it finds then.</param>
/// <param name="Note">What people should know of the manifest; null where there is nothing.</param>
internal sealed record SetupRun(SetupPlatform Platform, SetupWay? Way, SetupPlan Plan, IReadOnlyList<FileChange> Changes, string? Note)
{
    /// <summary>Looks at what is there and decides what changes.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="places">Where.</param>
    /// <param name="now">The time, for the name of a backup.</param>
    /// <exception cref="CommandFailedException">Something is missing, or the manifest cannot be understood.</exception>
    public static SetupRun Prepare(SetupRequest request, SetupPlaces places, DateTimeOffset now)
    {
        var (platform, way) = request.Choose();
        var chain = request.Chain(platform, way);
        var manifest = ManifestFile(platform, places, out var note);
        var text = manifest is null ? null : File.ReadAllText(manifest);
        if (text is not null)
            chain = ManifestPaths.Adopt(text, chain);
        var policy = places.Policy is null ? null : File.ReadAllText(places.Policy);
        var plan = SetupPlan.Of(platform, way, chain, policy);
        List<FileChange> changes = [.. plan.Files.Where(file => !file.IsForReeve).Select(file => ChangeOf(file, places))];
        if (text is not null)
            changes.Add(Patch(manifest!, text, chain, places, platform.Manifest!, now));
        return new(platform, way, plan, changes, note);
    }

    private static string? ManifestFile(SetupPlatform platform, SetupPlaces places, out string? note)
    {
        note = null;
        if (platform.Manifest is null)
            return places.Manifest is null ? null : throw new CommandFailedException(ExitCode.WrongUsage, $"--manifest: on {platform.Name} there is no manifest that people change (see: reeve setup --help)");
        var file = places.Manifest ?? platform.Manifest;
        if (File.Exists(file))
            return Path.GetFullPath(file);
        if (places.Manifest is not null)
            throw new CommandFailedException(ExitCode.WrongUsage, $"{file}: there is no such file");
        note = $"there is no {file} on this machine; run this on a control plane node, or name a manifest with --manifest";
        return null;
    }

    private static FileChange ChangeOf(SetupFile file, SetupPlaces places)
    {
        var path = places.Of(file.Path);
        var before = File.Exists(path) ? File.ReadAllText(path) : null;
        return new(path, before, file.Text, file)
        {
            IsKept = file.IsPolicy && before is not null && before != file.Text && !places.ReplacesPolicy,
        };
    }

    private static FileChange Patch(string manifest, string text, AuditChain chain, SetupPlaces places, string onNode, DateTimeOffset now)
    {
        var patched = ManifestPatch.Apply(text, chain);
        if (patched.Problem is { } problem)
            throw new CommandFailedException(ExitCode.Failed, $"{manifest}:{problem.Line}:{problem.Column}: {problem.Message}; nothing was changed");
        if (places.Out is not null)
        {
            var copy = places.Of(onNode);
            return new(copy, File.Exists(copy) ? File.ReadAllText(copy) : text, patched.Text, File: null);
        }

        var folder = Path.GetDirectoryName(Path.GetDirectoryName(manifest)) ?? "/";
        return new(manifest, text, patched.Text, File: null)
        {
            Backup = patched.Text == text ? null : Path.Combine(folder, $"{Path.GetFileName(manifest)}.before-reeve-{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}"),
        };
    }
}

/// <summary>Where <c>reeve setup</c> reads and writes.</summary>
/// <param name="Out">The folder below which everything is written; null for where it belongs.</param>
/// <param name="Manifest">The manifest; null for the platform's.</param>
/// <param name="Policy">A policy other than Reeve's.</param>
/// <param name="ReplacesPolicy">Whether a policy that is there is replaced.</param>
internal sealed record SetupPlaces(string? Out, string? Manifest, string? Policy, bool ReplacesPolicy)
{
    /// <summary>Where a file is written.</summary>
    public string Of(string path) => Out is null ? Path.GetFullPath(path) : Path.GetFullPath(Path.Combine(Out, path.TrimStart('/')));
}
