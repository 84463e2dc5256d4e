using System.CommandLine;
using System.Globalization;
using Reeve.Audit.Policy.Traffic;
using Reeve.Commands;
using Reeve.Servers;

namespace Reeve.Policies;

/// <summary>Where the commands of the policy workbench take recorded traffic from: logs, or the store of a server.</summary>
internal static class TrafficInput
{
    private static readonly Option<string?> ServerOption = new("--server") { Description = "Instead of logs, what this server has stored (default where no log is given: REEVE_URL; a token that reads in REEVE_TOKEN).", HelpName = "URL" };
    private static readonly Option<string?> FromOption = new("--from") { Description = "The first time of the server's traffic: RFC 3339, or a time before now such as -7d (default: 24 hours before --to).", HelpName = "TIME" };
    private static readonly Option<string?> ToOption = new("--to") { Description = "The time after the last, written like --from (default: now).", HelpName = "TIME" };
    private static readonly Option<string?> ClusterOption = new("--cluster") { Description = "One Kubernetes cluster of the server (default: all).", HelpName = "NAME" };
    private static readonly Option<string?> CaOption = new("--ca") { Description = "The certificate that signed the server's, in PEM, where the system does not know it.", HelpName = "FILE" };

    /// <summary>The logs.</summary>
    /// <param name="description">What they are for.</param>
    public static Argument<string[]> Logs(string description) => new("LOG") { Description = description, Arity = ArgumentArity.ZeroOrMore };

    /// <summary>Adds the options for a server.</summary>
    public static void AddTo(Command command)
    {
        foreach (var option in (Option[])[ServerOption, FromOption, ToOption, ClusterOption, CaOption])
            command.Options.Add(option);
    }

    /// <summary>Reads it.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="logs">The logs that were given.</param>
    /// <param name="hasNames">Whether objects of different names are told apart.</param>
    /// <param name="isNeeded">Whether REEVE_URL counts where nothing is given.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>Null where neither logs nor a server are given.</returns>
    /// <exception cref="CommandFailedException">Both are given, it cannot be read, or there is nothing.</exception>
    public static async Task<RecordedTraffic?> ReadAsync(ParseResult parsed, Argument<string[]> logs, bool hasNames, bool isNeeded, CancellationToken ct)
    {
        var paths = parsed.GetValue(logs) ?? [];
        var server = parsed.GetValue(ServerOption);
        if (paths.Length > 0 && server is not null)
            throw new CommandFailedException(ExitCode.WrongUsage, "give logs or --server, not both");
        if (paths.Length > 0)
            return TrafficScan.Read(paths, hasNames, ct);
        if (isNeeded)
            server ??= Environment.GetEnvironmentVariable("REEVE_URL") is { Length: > 0 } known ? known : null;
        return server is null ? null : await AskAsync(parsed, server, hasNames, ct);
    }

    private static async Task<RecordedTraffic> AskAsync(ParseResult parsed, string server, bool hasNames, CancellationToken ct)
    {
        if (!Uri.TryCreate(server, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw new CommandFailedException(ExitCode.WrongUsage, $"--server {server}: not an address like https://reeve.example.com:8443");
        var authority = parsed.GetValue(CaOption) is { } file ? await File.ReadAllTextAsync(file, ct) : null;
        using var reeve = new ReeveClient(url, Environment.GetEnvironmentVariable("REEVE_TOKEN"), authority);
        var answer = await reeve.TrafficAsync(parsed.GetValue(FromOption), parsed.GetValue(ToOption), parsed.GetValue(ClusterOption), hasNames, ct);
        if (answer.Traffic.IsSample)
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The server has about {answer.Traffic.Stored:N0} events in this time and told of a sample of {answer.Traffic.Events:N0}: every number is an estimate."));
        if (answer.Traffic.IsWithoutPaths)
            Console.Error.WriteLine("There are so many different requests that paths and names are not told apart.");
        return answer.Rows.Count > 0 ? answer.Recorded() : throw new CommandFailedException(ExitCode.Failed, $"{server}: nothing is stored of this time; --from reaches further back");
    }
}
