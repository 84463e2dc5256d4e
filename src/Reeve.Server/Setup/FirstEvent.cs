using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Reeve.Server.Doctor;

namespace Reeve.Server.Setup;

/// <summary>Waits for the first event of a cluster, and says what is wrong if none comes.</summary>
internal static class FirstEvent
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Waits. Answers the exit code: 0 when an event came.</summary>
    /// <param name="server">The address of Reeve; its token is REEVE_TOKEN.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="chain">The chain, of which files on this machine are looked at.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<int> WaitAsync(string server, string cluster, AuditChain chain, CancellationToken ct)
    {
        var token = Environment.GetEnvironmentVariable("REEVE_TOKEN");
        Console.Error.WriteLine($"waiting for the first event of {cluster} at {server} …");
        var until = TimeProvider.System.GetTimestamp() + (long)(Patience.TotalSeconds * TimeProvider.System.TimestampFrequency);
        string? problem;
        do
        {
            (var found, problem) = await AskAsync(server, token, cluster, ct);
            if (found is not null)
            {
                Console.Error.WriteLine(found);
                return 0;
            }

            await Task.Delay(Between, ct);
        }
        while (TimeProvider.System.GetTimestamp() < until);

        Console.Error.WriteLine($"reeve: no event of {cluster} came within {Patience.TotalMinutes} minutes. What is likely wrong:");
        foreach (var reason in await ReasonsAsync(server, token, chain, problem, ct))
            Console.Error.WriteLine($"  {reason}");
        return 1;
    }

    private static async Task<(string? Found, string? Problem)> AskAsync(string server, string? token, string cluster, CancellationToken ct)
    {
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri(server.TrimEnd('/') + "/"), Timeout = TimeSpan.FromSeconds(10) };
            if (!string.IsNullOrEmpty(token))
                client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var answer = await client.GetAsync(new Uri("api/v1/senders", UriKind.Relative), ct);
            if (!answer.IsSuccessStatusCode)
                return (null, $"Reeve at {server} answers {(int)answer.StatusCode}; set REEVE_TOKEN to a token that may read");
            var senders = JsonNode.Parse(await answer.Content.ReadAsStringAsync(ct))!["senders"]!.AsArray();
            var sender = senders.FirstOrDefault(each => each!["cluster"]!.GetValue<string>() == cluster && each["events"]!.GetValue<long>() > 0);
            if (sender is not null)
                return (string.Create(CultureInfo.InvariantCulture, $"{sender["events"]!.GetValue<long>():N0} events of {cluster} have come, from {sender["host"]!.GetValue<string>()}"), null);
            return (null, senders.FirstOrDefault(each => each!["events"]!.GetValue<long>() > 0) is { } other
                ? $"events come, but for the cluster '{other["cluster"]!.GetValue<string>()}': name it in 'clusters' of reeve.yaml, or assign the sender on the Sources page"
                : null);
        }
        catch (Exception failure) when (failure is HttpRequestException or UriFormatException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            return (null, $"Reeve at {server} cannot be asked: {failure.Message}");
        }
    }

    // From where events are made to where they arrive: the first that is wrong explains the rest.
    private static async Task<IReadOnlyList<string>> ReasonsAsync(string server, string? token, AuditChain chain, string? problem, CancellationToken ct)
    {
        var reasons = new List<string>();
        var running = RunningApiServer();
        if (running is not null && !running.Contains("--audit-policy-file", StringComparison.Ordinal))
            reasons.Add("the kube-apiserver on this machine runs without --audit-policy-file: it was not restarted with the new manifest, or the manifest is another");
        if (running is not null && !File.Exists(chain.LogFile))
            reasons.Add($"{chain.LogFile} is not there: kube-apiserver does not write it; see its container's output");
        else if (File.Exists(chain.LogFile) && new FileInfo(chain.LogFile).Length == 0)
            reasons.Add($"{chain.LogFile} is empty: the policy records nothing; reeve policy check {chain.PolicyFile}");
        if (problem is not null)
            reasons.Add(problem);
        try
        {
            reasons.AddRange((await LiveServer.ExamineAsync(server, token, ct)).Where(finding => finding.Remark.Level >= Audit.Findings.FindingLevel.High).Select(finding => $"{finding.Message}. {finding.Mended}".TrimEnd()));
        }
        catch (IOException)
        {
            // That it cannot be asked was said.
        }

        return reasons.Count > 0 ? reasons : ["nothing on this machine or at the server is wrong that can be seen from here; run reeve doctor over the files on the node"];
    }

    private static string? RunningApiServer()
    {
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])))
        {
            try
            {
                var command = File.ReadAllText(Path.Combine(process, "cmdline"));
                if (command.Split('\0')[0].EndsWith("kube-apiserver", StringComparison.Ordinal))
                    return command;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // It ended, or is somebody else's.
            }
        }

        return null;
    }
}
