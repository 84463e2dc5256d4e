using System.CommandLine;
using Reeve.Server.Configuration;
using Reeve.Server.Security;
using Reeve.Server.Sources;
using Reeve.Server.State;

namespace Reeve.Commands;

/// <summary><c>reeve token create</c>: makes an API token, beside a running server or without one.</summary>
internal static class TokenCommand
{
    private const string CreatedBy = "command line";

    private static readonly Option<string?> ClusterOption = new("--cluster") { Description = "The token sends the events of this cluster to the webhook, and may do nothing else.", HelpName = "NAME" };
    private static readonly Option<string?> RoleOption = new("--role") { Description = "The token may do what this role may: viewer, analyst or admin.", HelpName = "ROLE" };
    private static readonly Option<string?> NameOption = new("--name") { Description = "What it is for, as shown in lists (default: the cluster or the role).", HelpName = "TEXT" };
    private static readonly Option<string?> ExpiresOption = new("--expires") { Description = "How long it works, such as 90d (default: until it is revoked).", HelpName = "TIME" };
    private static readonly Option<string?> ConfigOption = new("--config") { Description = "The configuration file of the server (default: reeve.yaml where it exists).", HelpName = "FILE" };
    private static readonly Option<string?> DataOption = new("--data") { Description = "The data folder of the server (default: ./reeve-data).", HelpName = "DIR" };

    public static Command Create()
    {
        var create = new Command("create", "Makes an API token and prints it, this once; only its hash is kept.")
        {
            ClusterOption, RoleOption, NameOption, ExpiresOption, ConfigOption, DataOption,
        };
        create.SetAction(Run);
        ExampleHelp.AddTo(create, "reeve token create --cluster prod", "reeve token create --role viewer --name grafana --expires 90d");
        var token = new Command("token", "API tokens.") { create };
        ExampleHelp.AddTo(token, "reeve token create --cluster prod");
        return token;
    }

    private static int Run(ParseResult parsed)
    {
        var cluster = parsed.GetValue(ClusterOption);
        var role = RoleOf(cluster, parsed.GetValue(RoleOption));
        var name = parsed.GetValue(NameOption) ?? cluster ?? parsed.GetValue(RoleOption)!;
        if (!TokenStore.IsName(name))
            throw Wrong($"--name is {TokenStore.NameForm}");
        var expires = Expires(parsed.GetValue(ExpiresOption), TimeProvider.System.GetUtcNow());
        var configuration = new ServeOptions(parsed.GetValue(ConfigOption), parsed.GetValue(DataOption), Listen: null, []).Load();
        using var state = StateDatabase.Open(configuration.Data);
        var (token, secret) = new TokenStore(state, TimeProvider.System).Create(name, role, CreatedBy, expires, cluster);
        var purpose = cluster is null ? $"with the role {parsed.GetValue(RoleOption)}" : $"for the events of cluster {cluster}";
        Console.Error.WriteLine($"reeve: made the token {token.Id} {purpose} in {configuration.Data}; it is shown this once");
        Console.Out.WriteLine(secret);
        return ExitCode.Done;
    }

    private static Role RoleOf(string? cluster, string? role) => (cluster, role) switch
    {
        (null, null) => throw Wrong("say what the token is for: --cluster NAME to send that cluster's events, or --role viewer, analyst or admin"),
        ({ }, { }) => throw Wrong("--cluster and --role exclude each other: a token that sends events may do nothing else"),
        (null, "viewer") => Role.Viewer,
        (null, "analyst") => Role.Analyst,
        (null, "admin") => Role.Admin,
        (null, _) => throw Wrong($"--role {role}: not one of viewer, analyst and admin"),
        _ when ClusterName.IsValid(cluster) => Role.Source,
        _ => throw Wrong($"--cluster {cluster}: a cluster's name is {ClusterName.Form}"),
    };

    private static DateTimeOffset? Expires(string? text, DateTimeOffset now)
    {
        if (text is null)
            return null;
        return Duration.TryParse(text, out var span) && span < DateTimeOffset.MaxValue - now
            ? now + span
            : throw Wrong($"--expires {text}: not a duration such as 12h or 90d");
    }

    private static CommandFailedException Wrong(string message) => new(ExitCode.WrongUsage, $"{message} (see: reeve token create --help)");
}
