using System.Net.Sockets;
using System.Text;
using Reeve.Server.Setup;
using Reeve.Server.Setup.Manifests;
using Reeve.Server.Setup.Platforms;

namespace Reeve.Setup;

/// <summary>What can be seen on this machine of a chain.</summary>
/// <param name="LogLength">The bytes of the audit log; null where there is none.</param>
/// <param name="IsLogLooked">Whether this is the machine that should have it.</param>
/// <param name="IsRunning">Whether kube-apiserver runs here; null where that cannot be told.</param>
/// <param name="MissingFlags">Flags that the running one does not have.</param>
/// <param name="SyslogProblem">Why nothing can be sent to Reeve's syslog from here; null where it can, or need not.</param>
internal sealed record NodeView(long? LogLength, bool IsLogLooked, bool? IsRunning, IReadOnlyList<string> MissingFlags, string? SyslogProblem)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Looks.</summary>
    public static async Task<NodeView> LookAsync(SetupPlatform platform, SetupWay? way, AuditChain chain, CancellationToken ct)
    {
        var log = new FileInfo(chain.LogFile);
        var running = platform.HasProcess ? Running() : null;
        return new(
            log.Exists ? log.Length : null,
            platform is { IsOnNode: true, HasLog: true },
            platform.HasProcess ? running is not null : null,
            running is null ? [] : [.. WantedFlag.Of(chain).Where(flag => !flag.IsDefault && !flag.IsMetBy(ValueOf(running, flag.Name))).Select(flag => flag.Text)],
            way?.Needs is WayNeeds.Syslog or WayNeeds.Relp ? await ConnectAsync(chain.SyslogHost, chain.SyslogPort, ct) : null);
    }

    // proc(5): arguments end with NUL. Those of processes that end meanwhile cannot be read.
    private static string[]? Running()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
        {
            try
            {
                var arguments = Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(folder, "cmdline"))).Split('\0');
                if (Path.GetFileName(arguments[0]) == "kube-apiserver")
                    return arguments;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                continue;
            }
        }

        return null;
    }

    private static string? ValueOf(string[] arguments, string flag)
    {
        var start = $"--{flag}=";
        return Array.FindLast(arguments, argument => argument.StartsWith(start, StringComparison.Ordinal))?[start.Length..]
            ?? (arguments.Contains($"--{flag}", StringComparer.Ordinal) ? "true" : null);
    }

    private static async Task<string?> ConnectAsync(string host, int port, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(host, port, patience.Token);
            return null;
        }
        catch (SocketException failure)
        {
            return $"{host}:{port} cannot be reached from here: {failure.Message}";
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return $"{host}:{port} does not answer from here; is a firewall between?";
        }
    }
}
