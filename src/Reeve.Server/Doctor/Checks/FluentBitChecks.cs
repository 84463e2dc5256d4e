using System.Globalization;
using Reeve.Server.Doctor.FluentBit;

namespace Reeve.Server.Doctor.Checks;

/// <summary>What Fluent Bit reads, cuts and throws away.</summary>
internal static class FluentBitChecks
{
    // Of the tail input: https is not spoken of here, lines beyond it stop the file.
    private const long DefaultSize = 32 << 10;

    public static IEnumerable<DoctorFinding> Check(Chain chain)
    {
        foreach (var read in chain.FluentBit)
        {
            foreach (var tail in read.Sections.Where(section => section.Kind == "input" && section["name"] == "tail" && IsForAudit(chain, section)))
            {
                foreach (var finding in Tail(chain, read, tail))
                    yield return finding;
            }

            foreach (var output in read.Sections.Where(section => section.Kind == "output" && section["name"] is "http" or "syslog" or "forward" or "tcp" or "es" or "splunk"))
            {
                if (!output.IsOn("tls") && output["host"] is { } host && host is not ("127.0.0.1" or "::1" or "localhost"))
                    yield return new(DoctorRemarks.Plaintext, read.File.Path, output.LineOf("host"), $"it sends to {host} unencrypted", "    tls On");
                if (output["retry_limit"]?.ToUpperInvariant() is not ("FALSE" or "NO_LIMITS"))
                    yield return new(DoctorRemarks.NoQueue, read.File.Path, output.LineOf("retry_limit"), "after a few tries it gives up", "    Retry_Limit False");
            }
        }
    }

    private static bool IsForAudit(Chain chain, FluentBitSection tail) =>
        tail["path"] is { } path && (path.Contains("audit", StringComparison.Ordinal) || path == chain.AuditLog);

    private static IEnumerable<DoctorFinding> Tail(Chain chain, ReadFluentBit read, FluentBitSection tail)
    {
        if (chain.AuditLog.Length > 0 && !tail["path"]!.Split(',').Any(path => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(path.Trim(), chain.AuditLog, ignoreCase: false)))
            yield return new(DoctorRemarks.OtherLog, read.File.Path, tail.LineOf("path"), $"Fluent Bit reads {tail["path"]}; kube-apiserver writes {chain.AuditLog}", $"    Path {chain.AuditLog}");
        var size = SizeText.Parse(tail["buffer_max_size"]?.TrimEnd(' ', 'b', 'B') ?? "") ?? DefaultSize;
        if (size < chain.Largest)
            yield return new(DoctorRemarks.CutsEvents, read.File.Path, tail.LineOf("buffer_max_size"), string.Create(CultureInfo.InvariantCulture, $"lines of more than {size:N0} bytes {(tail.IsOn("skip_long_lines") ? "are skipped" : "stop the file")}"), $"    Buffer_Max_Size {SizeText.Mebibytes(chain.Largest)}M");
        if (tail["db"] is null)
            yield return new(DoctorRemarks.NoPosition, read.File.Path, tail.Line, "how far it has read is not saved (DB)", "    DB /var/lib/fluent-bit/audit.db");
        if (tail["storage.type"] != "filesystem")
            yield return new(DoctorRemarks.NoQueue, read.File.Path, tail.Line, "what waits to be sent is in memory only", "    storage.type filesystem");
    }
}
