using System.Globalization;
using System.Net;
using Reeve.Audit.Fields;
using Reeve.Server.Doctor.Rsyslog;

namespace Reeve.Server.Doctor.Checks;

/// <summary>What rsyslog reads, cuts, throws away and does not know.</summary>
internal static class RsyslogChecks
{
    // rsyslog 8's own, where nothing is set; measured, its documentation says 8192.
    private const long DefaultSize = 8096;

    // rsyslog 8's queue.dequeueBatchSize of a ruleset, where nothing is set; measured.
    private const long SentAtOnce = 1_024;

    public static IEnumerable<DoctorFinding> Check(Chain chain)
    {
        foreach (var read in chain.Rsyslog.Where(IsForFiles))
        {
            foreach (var finding in Reading(chain, read).Concat(Unknown(read)).Concat(Size(chain, read)).Concat(Sending(read)))
                yield return finding;
        }
    }

    /// <summary>Where a configuration sends to: host and port; null where it sends nowhere.</summary>
    public static (string Host, int Port)? TargetOf(ReadRsyslog read)
    {
        foreach (var statement in read.Statements)
        {
            if (statement.Kind == RsyslogForm.Forward)
                return Split(statement.Value);
            if (statement is { Kind: RsyslogForm.Object, Name: "action" } && statement["target"] is { } host)
                return (host, int.TryParse(statement["port"], NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : 514);
        }

        return null;
    }

    private static bool IsForFiles(ReadRsyslog read) => Inputs(read).Any() || read.Statements.Any(statement => statement.Value.Contains("imfile", StringComparison.OrdinalIgnoreCase) || statement["load"] == "imfile");

    private static IEnumerable<(string Path, int Line)> Inputs(ReadRsyslog read) => read.Statements
        .Where(statement => (statement.Kind == RsyslogForm.Directive && statement.Name.Equals("InputFileName", StringComparison.OrdinalIgnoreCase)) || statement is { Kind: RsyslogForm.Object, Name: "input" } && statement["file"] is not null)
        .Select(statement => (statement.Kind == RsyslogForm.Directive ? statement.Value : statement["file"]!, statement.Kind == RsyslogForm.Directive ? statement.Line : statement.Parameters["file"].Line));

    private static IEnumerable<DoctorFinding> Reading(Chain chain, ReadRsyslog read)
    {
        var inputs = Inputs(read).ToList();
        if (chain.AuditLog.Length > 0 && inputs.Count > 0 && !inputs.Exists(input => IsSame(input.Path, chain.AuditLog)))
            yield return new(DoctorRemarks.OtherLog, read.File.Path, inputs[0].Line, $"rsyslog reads {inputs[0].Path}; kube-apiserver writes {chain.AuditLog}", $"File=\"{chain.AuditLog}\"");
        var polling = read.Statements.FirstOrDefault(statement =>
            (statement is { Kind: RsyslogForm.Directive } && statement.Name.Equals("ModLoad", StringComparison.OrdinalIgnoreCase) && statement.Value.Contains("imfile", StringComparison.Ordinal)) || (statement["load"] == "imfile" && statement["mode"] == "polling"));
        if (polling is not null)
            yield return new(DoctorRemarks.Polls, read.File.Path, polling.Line, polling.Kind == RsyslogForm.Directive ? "the old way to load imfile makes it poll" : "mode=\"polling\"", "module(load=\"imfile\")");
        var hasPosition = read.Statements.Any(statement =>
            statement["persiststateinterval"] is { } interval ? interval != "0" : statement.Name.Equals("InputFilePersistStateInterval", StringComparison.OrdinalIgnoreCase) && statement.Value != "0");
        if (!hasPosition && inputs.Count > 0)
            yield return new(DoctorRemarks.NoPosition, read.File.Path, inputs[0].Line, "how far it has read is not saved while it runs", "PersistStateInterval=\"200\"");
    }

    private static IEnumerable<DoctorFinding> Unknown(ReadRsyslog read)
    {
        foreach (var statement in read.Statements)
        {
            if (statement.Kind == RsyslogForm.Directive && UnknownDirective(statement.Name) is { } instead)
                yield return new(DoctorRemarks.UnknownDirective, read.File.Path, statement.Line, $"rsyslog has no directive ${statement.Name}{instead}");
            var known = statement["type"] switch { "imfile" when statement.Name == "input" => RsyslogNames.FileInput, "omfwd" when statement.Name == "action" => RsyslogNames.ForwardAction, "omrelp" when statement.Name == "action" => RsyslogNames.RelpAction, _ => null };
            foreach (var (parameter, (_, line)) in statement.Parameters.Where(parameter => known?.Contains(parameter.Key) == false && !(statement.Name == "action" && RsyslogNames.IsOfQueue(parameter.Key))))
                yield return new(DoctorRemarks.UnknownDirective, read.File.Path, line, $"{statement["type"]} has no parameter {parameter}{(NearestName.Find(parameter, known!) is { } meant ? $"; did you mean {meant}?" : "")}");
        }
    }

    // Of other modules nothing is known here; what begins like one of imfile is meant for it.
    private static string? UnknownDirective(string name)
    {
        if (RsyslogNames.FileDirectives.Concat(RsyslogNames.CommonDirectives).Contains(name, StringComparer.OrdinalIgnoreCase))
            return null;
        if (name.Equals("InputFileMaxMessageSize", StringComparison.OrdinalIgnoreCase))
            return "; the size of messages is $MaxMessageSize, as the first line of rsyslog.conf";
        if (name.StartsWith("InputFile", StringComparison.OrdinalIgnoreCase))
            return NearestName.Find(name, RsyslogNames.FileDirectives) is { } meant ? $"; did you mean ${meant}?" : "";
        return NearestName.Find(name, RsyslogNames.CommonDirectives.Concat(RsyslogNames.FileDirectives)) is { } near ? $"; did you mean ${near}?" : null;
    }

    private static IEnumerable<DoctorFinding> Size(Chain chain, ReadRsyslog read)
    {
        var (size, line) = (DefaultSize, 0);
        foreach (var statement in read.Statements)
        {
            var written = statement.Kind == RsyslogForm.Directive && statement.Name.Equals("MaxMessageSize", StringComparison.OrdinalIgnoreCase) ? statement.Value : statement["maxmessagesize"];
            if (written is not null && SizeText.Parse(written) is { } set)
                (size, line) = (set, statement.Line);
        }

        // The frame has a header besides the event.
        if (size < chain.Largest)
        {
            yield return new(
                DoctorRemarks.CutsEvents, read.File.Path, line == 0 ? read.Statements[0].Line : line,
                string.Create(CultureInfo.InvariantCulture, $"{(line == 0 ? $"messages end at {size:N0} bytes, because nothing says otherwise" : $"messages end at {size:N0} bytes")}; events of {chain.Largest:N0} bytes {(chain.Largest == Chain.ExpectedLargest ? "are possible" : "were seen")}"),
                $"global(workDirectory=\"/var/spool/rsyslog\" maxMessageSize=\"{SizeText.Mebibytes(chain.Largest)}m\")");
        }
    }

    private static IEnumerable<DoctorFinding> Sending(ReadRsyslog read)
    {
        var forwards = read.Statements.Where(statement => statement.Kind == RsyslogForm.Forward || (statement is { Kind: RsyslogForm.Object, Name: "action" } && statement["type"] is "omfwd" or "omrelp")).ToList();
        var queue = read.Statements.Any(statement => statement["queue.filename"] is not null) || read.Statements.Any(statement => statement.Name.Equals("ActionQueueFileName", StringComparison.OrdinalIgnoreCase));
        var retries = read.Statements.Any(statement => statement["action.resumeretrycount"] == "-1" || (statement.Name.Equals("ActionResumeRetryCount", StringComparison.OrdinalIgnoreCase) && statement.Value == "-1"));
        foreach (var forward in forwards)
        {
            if (!queue || !retries)
                yield return new(DoctorRemarks.NoQueue, read.File.Path, forward.Line, !queue ? "there is no queue on the disk (queue.filename)" : "a failed send is not tried again (action.resumeRetryCount=\"-1\")", "queue.type=\"LinkedList\" queue.filename=\"k8s-audit\" queue.maxDiskSpace=\"5g\" queue.saveOnShutdown=\"on\" … action.resumeRetryCount=\"-1\"");
            if (forward.Name == "@" || (forward["type"] == "omfwd" && forward["protocol"] is null or "udp" && forward.Kind == RsyslogForm.Object))
                yield return new(DoctorRemarks.Datagrams, read.File.Path, forward.Line, "it sends by UDP", "protocol=\"tcp\"");
            if (forward["type"] == "omrelp" && (SizeText.Parse(forward["windowsize"] ?? "") ?? 0) < SentAtOnce)
                yield return new(DoctorRemarks.SmallWindow, read.File.Path, forward.Line, forward["windowsize"] is { } window ? $"the window is {window} messages" : "the window is 128 messages, because nothing says otherwise", "windowSize=\"2048\"");
            var host = forward.Kind == RsyslogForm.Forward ? Split(forward.Value).Host : forward["target"] ?? "";
            var isSealed = forward["streamdrivermode"] == "1" || forward["streamdriver.mode"] == "1" || forward["tls"] == "on";
            if (!IsLoopback(host) && !isSealed)
                yield return new(DoctorRemarks.Plaintext, read.File.Path, forward.Line, $"it sends to {host} unencrypted");
        }
    }

    private static (string Host, int Port) Split(string target)
    {
        var at = target.LastIndexOf(':');
        return at > 0 && int.TryParse(target.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? (target[..at].Trim('[', ']'), port) : (target.Trim('[', ']'), 514);
    }

    private static bool IsLoopback(string host) => host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static bool IsSame(string pattern, string path) => pattern == path || System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, path, ignoreCase: false);
}
