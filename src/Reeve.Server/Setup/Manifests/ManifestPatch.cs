using YamlDotNet.Core;

namespace Reeve.Server.Setup.Manifests;

/// <summary>
/// Puts audit logging into the static pod manifest of kube-apiserver: flags, mounts and volumes are added, or corrected where they
/// are there already. It works on the text, so that comments, order and indentation stay as they are.
/// </summary>
internal static class ManifestPatch
{
    /// <summary>The most characters a manifest may have; one of kubeadm has about 4,000.</summary>
    public const int MostCharacters = 1 << 20;

    // Each round makes one change. More than this many are not to be made in any pod that is one.
    private const int MostRounds = 200;

    /// <summary>Applies a chain. Applied to its own result it changes nothing.</summary>
    /// <param name="manifest">The manifest as it is.</param>
    /// <param name="chain">What is to stand in it.</param>
    /// <returns>The new text; or the old one, and why it was left alone.</returns>
    public static PatchedManifest Apply(string manifest, AuditChain chain)
    {
        try
        {
            return new(Patch(manifest, chain), Problem: null);
        }
        catch (YamlException failure)
        {
            return new(manifest, new((int)failure.Start.Line, (int)failure.Start.Column, failure.Message.ReplaceLineEndings(" ")));
        }
        catch (ManifestRefusedException refused)
        {
            return new(manifest, refused.Problem);
        }
    }

    private static string Patch(string manifest, AuditChain chain)
    {
        if (manifest.Length > MostCharacters)
            throw new ManifestRefusedException(1, 1, $"this has {manifest.Length:N0} characters, too many for a manifest");
        var flags = WantedFlag.Of(chain);
        var mounts = WantedMount.Of(chain);
        var touched = new HashSet<string>(StringComparer.Ordinal);
        var lines = new ManifestLines(manifest);
        for (var round = 0; round < MostRounds; round++)
        {
            if (!Change())
                return Checked(manifest, lines.ToString(), touched);
        }

        throw new ManifestRefusedException(1, 1, "the changes come to no end; please report this manifest");

        bool Change()
        {
            try
            {
                var pod = ApiServerPod.Read(lines.ToString());
                return flags.Any(flag => FlagEdit.Make(pod, lines, flag)) || mounts.Any(mount => MountEdit.Make(pod, lines, mount, chain, touched));
            }
            catch (ManifestRefusedException refused)
            {
                // The line of the file that people have, not of the one that was being made.
                throw new ManifestRefusedException(lines.OriginOf(refused.Problem.Line), refused.Problem.Column, refused.Problem.Message);
            }
        }
    }

    // Positions come from a parser and edits from looking at lines: where the two disagreed, something else would have changed.
    private static string Checked(string before, string after, IReadOnlySet<string> touched)
    {
        if (ManifestRest.Of(before, touched) != ManifestRest.Of(after, touched))
            throw new ManifestRefusedException(1, 1, "this is written in a way that cannot be changed without changing more than audit logging; write it one item a line");
        return after;
    }
}
