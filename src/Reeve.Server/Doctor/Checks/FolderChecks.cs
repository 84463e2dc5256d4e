namespace Reeve.Server.Doctor.Checks;

/// <summary>On a node: what the files name and is not there.</summary>
internal static class FolderChecks
{
    public static IEnumerable<DoctorFinding> Check(Chain chain)
    {
        if (!chain.Files.IsNode)
            yield break;
        foreach (var read in chain.Rsyslog)
        {
            foreach (var statement in read.Statements)
            {
                var folder = statement.Name.Equals("WorkDirectory", StringComparison.OrdinalIgnoreCase) ? statement.Value : statement["workdirectory"];
                if (folder is { Length: > 0 } && !Directory.Exists(folder))
                    yield return new(DoctorRemarks.MissingFolder, read.File.Path, statement.Line, $"the work folder {folder} is not there", $"mkdir -p {folder}");
            }
        }

        foreach (var manifest in chain.Manifests)
        {
            foreach (var flag in new[] { "audit-policy-file", "audit-webhook-config-file" })
            {
                if (manifest.Flag(flag) is { Value: { } path } found && path.StartsWith('/') && !File.Exists(path))
                    yield return new(DoctorRemarks.MissingFolder, manifest.File.Path, manifest.LineOf(found), $"{path} is not there");
            }
        }
    }
}
