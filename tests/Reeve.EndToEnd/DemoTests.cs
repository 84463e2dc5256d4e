using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Reeve.EndToEnd.Support;
using static Microsoft.Playwright.Assertions;

namespace Reeve.EndToEnd;

public sealed partial class DemoTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_demo_prints_two_lines_shows_its_samples_goes_on_and_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        await using var demo = await DemoProcess.StartAsync(folder.Path, "--listen", "127.0.0.1:0");
        Assert.Matches(AddressLine, demo.Address);
        Assert.StartsWith($"{demo.Address}/welcome#", demo.Link, StringComparison.Ordinal);
        Assert.Single(Directory.GetDirectories(folder.Path));

        using var person = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new(demo.Address) };
        using var other = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new(demo.Address) };
        Assert.Equal("/", await WelcomeAsync(person, demo.Link));
        Assert.StartsWith("/welcome?error=link", await WelcomeAsync(other, demo.Link), StringComparison.Ordinal);

        await WaitUntilAsync(async () => (await person.GetAsync("/readyz")).StatusCode == HttpStatusCode.OK);
        Assert.True(await CountAsync(person, "user:mallory") > 0);
        Assert.True(await CountAsync(person, "user:kubernetes-admin verb:delete") > 0);
        var before = await CountAsync(person, "");
        Assert.Equal(0, await CountAsync(person, "-cluster:demo or -source:demo"));
        await WaitUntilAsync(async () => await CountAsync(person, "") > before);

        var (exitCode, rest) = await demo.StopAsync();
        Assert.Equal((0, ""), (exitCode, rest));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path, "reeve-demo-*"));
    }

    [Fact]
    public async Task What_a_killed_demo_left_is_gone_with_the_next()
    {
        using var folder = new TemporaryFolder();
        await using (var killed = await DemoProcess.StartAsync(folder.Path, "--listen", "127.0.0.1:0"))
            await killed.KillAsync();
        Assert.NotEmpty(Directory.GetFileSystemEntries(folder.Path, "reeve-demo-*"));

        await using var demo = await DemoProcess.StartAsync(folder.Path, "--listen", "127.0.0.1:0");
        var (exitCode, _) = await demo.StopAsync();

        Assert.Equal(0, exitCode);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path, "reeve-demo-*"));
    }

    [Fact]
    public async Task A_demo_is_for_this_machine_only_and_for_its_own_data()
    {
        using var folder = new TemporaryFolder();
        folder.Write("real/reeve.db", "");

        var (exitCode, error) = await DemoProcess.FailAsync(folder.Path, "--listen", "0.0.0.0:8080");
        Assert.Equal((2, "reeve: --listen 0.0.0.0:8080: a demo is for this machine only; name an address like 127.0.0.1:8080\n"), (exitCode, error));

        (exitCode, error) = await DemoProcess.FailAsync(folder.Path, "--data", folder["real"]);
        Assert.Equal((2, $"reeve: --data {folder["real"]}: it holds other data; name a new folder, or one that a demo made\n"), (exitCode, error));
    }

    [Fact]
    public async Task The_link_opens_the_demo_in_a_browser_without_a_question()
    {
        using var folder = new TemporaryFolder();
        await using var browser = await Chromium.StartAsync();
        await using var demo = await DemoProcess.StartAsync(folder.Path, "--listen", "127.0.0.1:0");

        await browser.Page.GotoAsync(demo.Link);

        await Expect(browser.Page.GetByText("Demo data", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(browser.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Menu of demo" })).ToBeVisibleAsync();
        Assert.Empty(browser.Faults);
    }

    private static async Task<string?> WelcomeAsync(HttpClient client, string link)
    {
        var form = FormToken.Match(await client.GetStringAsync("/welcome"));
        Assert.True(form.Success, "the welcome page has no form");
        using var fields = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["__RequestVerificationToken"] = WebUtility.HtmlDecode(form.Groups["token"].Value),
            ["token"] = new Uri(link).Fragment[1..],
        });
        using var answer = await client.PostAsync("/welcome", fields);
        return answer.Headers.Location?.OriginalString;
    }

    private static async Task<long> CountAsync(HttpClient client, string query) =>
        (await client.GetFromJsonAsync<JsonElement>($"/api/v1/stats?view=events&q={Uri.EscapeDataString(query)}")).GetProperty("total").GetInt64();

    private static async Task WaitUntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await condition())
            await poll.WaitForNextTickAsync(patience.Token);
    }

    [GeneratedRegex("^http://127\\.0\\.0\\.1:[0-9]+$", RegexOptions.NonBacktracking)]
    private static partial Regex AddressLine { get; }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"(?<token>[^\"]+)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex FormToken { get; }
}
