using Reeve.Server.Doctor.Checks;
using Reeve.Server.Doctor.Files;

namespace Reeve.Server.Doctor;

/// <summary>Says what in the files of an audit chain loses or leaks events: each by itself, and where they contradict each other.</summary>
internal static class AuditDoctor
{
    private static readonly Func<Chain, IEnumerable<DoctorFinding>>[] Checks =
    [
        PolicyChecks.Check, ManifestChecks.Check, RsyslogChecks.Check, FluentBitChecks.Check, KubeconfigChecks.Check, FolderChecks.Check,
    ];

    /// <summary>Everything there is to say, the worst first, then by file and line.</summary>
    /// <param name="files">The files.</param>
    /// <param name="largest">The size of the largest event that was seen, in bytes; null where nobody knows.</param>
    public static IReadOnlyList<DoctorFinding> Examine(ChainFiles files, long? largest) => Examine(Chain.Of(files, largest));

    /// <summary>The same of files that were read.</summary>
    public static IReadOnlyList<DoctorFinding> Examine(Chain chain) =>
        [.. Checks.SelectMany(check => check(chain)).OrderByDescending(finding => finding.Remark.Level).ThenBy(finding => finding.File, StringComparer.Ordinal).ThenBy(finding => finding.Line)];
}
