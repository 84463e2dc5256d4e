using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Logging;
using Reeve.Server.Security;
using Reeve.Server.Setup;
using Reeve.Server.Sources;

namespace Reeve.Server.Ui.Components;

/// <summary>How to send events to this server: lines to copy, for each way of delivery.</summary>
public sealed partial class SetupCard
{
    private const string ExampleCluster = "my-cluster";

    private static readonly (string Key, string Name)[] Ways = [("rsyslog", "rsyslog"), ("webhook", "Webhook"), ("curl", "curl"), ("file", "File")];

    private string _way = "rsyslog";
    private string _secretOf = "";
    private string? _secret;

    /// <summary>What the card says at its top.</summary>
    [Parameter, EditorRequired]
    public RenderFragment Heading { get; set; } = default!;

    /// <summary>Where the server is.</summary>
    [Parameter, EditorRequired]
    public SetupPlace Place { get; set; } = default!;

    /// <summary>Whether the person may make tokens.</summary>
    [Parameter]
    public bool CanChange { get; set; }

    /// <summary>Who may, where the person may not; a sentence.</summary>
    [Parameter]
    public string WhoCan { get; set; } = "";

    /// <summary>The person closes the card; without it the card stays.</summary>
    [Parameter]
    public EventCallback OnClose { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState>? Authentication { get; set; }

    private string Cluster { get; set; } = ExampleCluster;

    private bool IsCluster => ClusterName.IsValid(Cluster);

    // A token sends the events of one cluster: with another name in the box it is of no use in the lines.
    private string? Secret => _secretOf == Cluster ? _secret : null;

    private SetupLines Lines => new(Place, IsCluster ? Cluster : ExampleCluster, Secret);

    private async Task Make()
    {
        var user = Authentication is null ? null : (await Authentication).User;
        if (user?.IsInRole(Roles.Admin) != true || !IsCluster)
            return;
        var by = user.Identity?.Name ?? "";
        var (token, secret) = Tokens.Create($"events of {Cluster}"[..Math.Min(100, Cluster.Length + 10)], Role.Source, by, expires: null, Cluster);
        (_secretOf, _secret) = (Cluster, secret);
        LogMade(Log, by, token.Id, Cluster);
    }

    [LoggerMessage(1150, LogLevel.Information, "{User} made the token {Id} for the events of cluster {Cluster} on the Sources page")]
    private static partial void LogMade(ILogger log, string user, string id, string cluster);
}
