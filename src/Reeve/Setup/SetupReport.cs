namespace Reeve.Setup;

/// <summary>Tells people what is or was changed.</summary>
internal sealed class SetupReport(TextWriter output, bool isColoured)
{
    /// <summary>What would be, or is going to be, written, and how it differs from what is there.</summary>
    public void Changes(SetupRun run)
    {
        var way = run.Way is null ? $": {run.Platform.About}" : $", by {run.Way.Name}: {run.Way.About}";
        output.WriteLine($"{run.Platform.Name}, cluster {run.Plan.Chain.Cluster}{way}");
        output.WriteLine();
        var width = run.Changes.Max(change => change.Path.Length);
        foreach (var change in run.Changes)
            output.WriteLine($"  {change.Path.PadRight(width)}  {change.State}{Remark(change)}");
        foreach (var change in run.Changes.Where(change => change.IsWritten && change.File is not { IsSecret: true } && change is not { File.IsPolicy: true, Before: null }))
            Diff(change);
        foreach (var file in run.Plan.Files.Where(file => file.IsForReeve))
        {
            output.WriteLine();
            output.WriteLine($"For {file.Path} on the machine of Reeve:");
            output.WriteLine();
            foreach (var line in file.Text.TrimEnd('\n').Split('\n').Where(line => line != "# reeve.yaml"))
                output.WriteLine("  " + line);
        }

        output.WriteLine();
    }

    /// <summary>What is to be done when everything is written.</summary>
    public void Steps(SetupRun run)
    {
        output.WriteLine("Then:");
        foreach (var step in run.Plan.Steps)
            output.WriteLine($"  - {step}");
        output.WriteLine();
    }

    private static string Remark(FileChange change) => change switch
    {
        { IsKept: true } => "; it is not the policy of Reeve, which --replace-policy puts in its place",
        { File.IsSecret: true } => ", mode 0600; holds the token and is not shown",
        { Backup: { } backup } => $"; as it was: {backup}",
        _ => "",
    };

    private void Diff(FileChange change)
    {
        output.WriteLine();
        foreach (var line in UnifiedDiff.Of(change.Path, change.Before, change.After))
            output.WriteLine(isColoured ? Coloured(line) : line);
    }

    private static string Coloured(string line) => line[0] switch
    {
        '+' => $"\e[32m{line}\e[0m",
        '-' => $"\e[31m{line}\e[0m",
        '@' => $"\e[36m{line}\e[0m",
        _ => line,
    };
}
