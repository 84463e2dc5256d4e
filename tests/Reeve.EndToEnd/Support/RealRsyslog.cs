using System.Diagnostics;
using System.Net;
using System.Text;

namespace Reeve.EndToEnd.Support;

/// <summary>Debian's rsyslogd as a process of its own, which touches nothing of the system.</summary>
internal sealed class RealRsyslog : IDisposable
{
    private const string Program = "/usr/sbin/rsyslogd";

    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    private RealRsyslog(Process process) => _process = process;

    /// <summary>What it has complained about so far.</summary>
    public string Errors
    {
        get
        {
            lock (_errors)
                return _errors.ToString();
        }
    }

    /// <summary>
    /// The configuration of the article that Reeve is made for: only target, path of the log and work folder are others. Its
    /// last <c>$Input</c> line is one that rsyslog does not know.
    /// </summary>
    /// <param name="log">The audit log it reads.</param>
    /// <param name="target">Where it sends.</param>
    /// <param name="work">Its work folder, which exists.</param>
    /// <param name="first">Lines before everything else.</param>
    public static string ArticleConfiguration(string log, IPEndPoint target, string work, string first = "") =>
        $"""
        {first}
        $WorkDirectory {work}
        $ModLoad imfile
        $InputFileName {log}
        $InputFileTag audit:
        $InputFileStateFile stat-audit
        $InputRunFileMonitor
        $InputFileMaxMessageSize 16384
        if $programname == 'audit' then @@{target}

        """;

    /// <summary>What it says of a configuration when it only checks it; nothing but its own name where all is well.</summary>
    /// <param name="file">The configuration.</param>
    public static async Task<(int ExitCode, string Remarks)> CheckAsync(string file)
    {
        var start = new ProcessStartInfo(Program, ["-N1", "-f", file]) { UseShellExecute = false, RedirectStandardError = true };
        using var check = Process.Start(start)!;
        var said = await check.StandardError.ReadToEndAsync();
        await check.WaitForExitAsync();
        return (check.ExitCode, string.Join('\n', said.Split('\n').Where(line => line.Length > 0 && !line.Contains("config validation run", StringComparison.Ordinal))));
    }

    /// <summary>Starts it on a configuration.</summary>
    /// <param name="folder">A folder for the configuration and the file of its process id.</param>
    /// <param name="configuration">What it does.</param>
    public static RealRsyslog Start(string folder, string configuration)
    {
        Assert.True(File.Exists(Program), "rsyslog is not installed; ./test installs it");
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, "rsyslog.conf");
        File.WriteAllText(file, configuration);
        var start = new ProcessStartInfo(Program, ["-n", "-f", file, "-i", Path.Combine(folder, "rsyslog.pid")])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        var rsyslog = new RealRsyslog(Process.Start(start)!);
        rsyslog.ReadErrors();
        return rsyslog;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private void ReadErrors()
    {
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors)
                _errors.AppendLine(line.Data);
        };
        _process.BeginErrorReadLine();
    }
}
