using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Reeve.Server.Sources;
using Reeve.Server.Ui.Overview;
using Reeve.Server.Ui.Reads;

namespace Reeve.Server.Tests.Ui;

/// <summary>Renders components as a circuit does, over a store in memory.</summary>
internal sealed class PageContext : BunitContext, IStoreProgress
{
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

    public StoreProgress Current { get; set; } = new(1, 0, null);

    public void Open(string address) => Services.GetRequiredService<NavigationManager>().NavigateTo(address);

    public string Address => new Uri(Services.GetRequiredService<NavigationManager>().Uri).PathAndQuery;
}
