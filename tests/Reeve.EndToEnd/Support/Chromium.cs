using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Reeve.EndToEnd.Support;

/// <summary>A real browser with a new profile and one page, and everything that page did which it should not have done.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private const string Variable = "CHROMIUM";

    // The store may still be loading, and the machine be busy; pages follow the store by themselves.
    private const float Patience = 60_000;

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--no-first-run",
    ];

    private readonly TemporaryFolder _profile;
    private readonly IPlaywright _driver;
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _faults = new();

    private Chromium(TemporaryFolder profile, IPlaywright driver, IBrowserContext context)
    {
        (_profile, _driver, _context) = (profile, driver, context);
        Page = context.Pages[0];
        Watch();
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>Console errors, uncaught exceptions, dialogs, failed requests, and requests to any host but 127.0.0.1.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    /// <summary>Starts it; skips the test where there is no Chromium.</summary>
    public static async Task<Chromium> StartAsync()
    {
        var program = Environment.GetEnvironmentVariable(Variable) ?? "/usr/bin/chromium";
        Assert.SkipUnless(File.Exists(program), $"there is no Chromium at {program}: install Debian's chromium, or set {Variable}");
        Assertions.SetDefaultExpectTimeout(Patience);
        var profile = new TemporaryFolder();
        var driver = await Playwright.CreateAsync();
        var context = await driver.Chromium.LaunchPersistentContextAsync(profile.Path, new()
        {
            ExecutablePath = program,
            Headless = true,
            Args = Arguments,
            ColorScheme = ColorScheme.Dark,
            ViewportSize = new() { Width = 1440, Height = 900 },
            Permissions = ["clipboard-read", "clipboard-write"],
        });
        return new(profile, driver, context);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _context.CloseAsync();
        _driver.Dispose();
        _profile.Dispose();
    }

    private void Watch()
    {
        Page.Console += (_, message) =>
        {
            if (message.Type is "error")
                _faults.Enqueue($"console: {message.Text}");
        };
        Page.PageError += (_, error) => _faults.Enqueue($"exception: {error}");
        Page.Dialog += (_, dialog) =>
        {
            _faults.Enqueue($"dialog: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
        Page.RequestFailed += (_, request) => _faults.Enqueue($"failed: {request.Method} {request.Url}: {request.Failure}");
        Page.Response += (_, response) =>
        {
            if (response.Status >= 400)
                _faults.Enqueue($"answer {response.Status}: {response.Url}");
        };
        _context.Request += (_, request) => CheckHost(request.Url);
        Page.WebSocket += (_, socket) => CheckHost(socket.Url);
    }

    private void CheckHost(string address)
    {
        if (new Uri(address) is { Scheme: not ("data" or "blob"), Host: not "127.0.0.1" })
            _faults.Enqueue($"other host: {address}");
    }
}
