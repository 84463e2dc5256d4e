using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Reeve.Server.Alerts;
using Reeve.Server.Alerts.Rules;
using Reeve.Server.Sources;
using Reeve.Server.State;
using Reeve.Server.Ui.Overview;
using Reeve.Server.Ui.Reads;

namespace Reeve.Server.Tests.Ui;

/// <summary>Renders components as a circuit does, over a store in memory.</summary>
internal sealed class PageContext : BunitContext, IStoreProgress
{
    /// <summary>The server's id.</summary>
    public const string Server = "01234567";

    private readonly TemporaryFolder _folder = new();
    private readonly StateDatabase _state;

    public PageContext(FakeReads reads, FakeTimeProvider? clock = null, Action<IServiceCollection>? configure = null)
    {
        Clock = clock ?? new(Start);
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton<IEventReads>(reads);
        Services.AddSingleton<IOverviewReads>(Overview);
        Services.AddSingleton<IStoreProgress>(this);
        Services.AddSingleton<TimeProvider>(Clock);
        Services.AddSingleton(Sources);
        Services.AddSingleton(Senders = new SenderRegistry(Clock));
        _state = StateDatabase.Open(_folder["state"]);
        Services.AddSingleton(Alerts = new AlertStore(_state, Clock, NullLogger<AlertStore>.Instance));
        Services.AddSingleton(new AlertReads(_state, Server));
        Services.AddSingleton(new RuleBook([_folder["rules"]], [], withShipped: true));
        Authorization = AddAuthorization();
        Authorization.SetAuthorized("alice");
        configure?.Invoke(Services);
        SetRendererInfo(new RendererInfo("Server", true));
    }

    public BunitAuthorizationContext Authorization { get; }

    /// <summary>The time it begins at.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public FakeTimeProvider Clock { get; }

    public SourceRegistry Sources { get; } = new();

    public SenderRegistry Senders { get; }

    public FakeOverview Overview { get; } = new();

    public AlertStore Alerts { get; }

    public StoreProgress Current { get; set; } = new(1, 0, null);

    /// <summary>Puts a file among the rules; the next look at them reads it.</summary>
    public void WriteRule(string name, string text)
    {
        _folder.Write($"rules/{name}", text);
        Services.GetRequiredService<RuleBook>().Refresh();
    }

    public void Open(string address) => Services.GetRequiredService<NavigationManager>().NavigateTo(address);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing)
            return;
        _state.Dispose();
        _folder.Dispose();
    }

    public string Address => new Uri(Services.GetRequiredService<NavigationManager>().Uri).PathAndQuery;
}
