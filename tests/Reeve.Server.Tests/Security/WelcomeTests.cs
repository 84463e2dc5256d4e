using Microsoft.Extensions.DependencyInjection;
using Reeve.Server.Security;
using Reeve.Server.Tests.Support;

namespace Reeve.Server.Tests.Security;

public sealed class WelcomeTests
{
    [Fact]
    public async Task Link_makes_the_first_administrator_and_signs_in()
    {
        await using var server = await RunningServer.StartAsync();
        var link = server.Server.CreateWelcomeLink()!;
        Assert.Equal("/welcome", link.AbsolutePath);
        Assert.Equal("", link.Query);
        using var browser = new Browser(server);

        Assert.Equal("/", await AcceptAsync(browser, link));

        Assert.True(await browser.IsSignedInAsync());
        Assert.Equal(Role.Admin, server.Services.GetRequiredService<PersonStore>().Find(RunningServer.User)?.Person.Role);
    }

    [Fact]
    public async Task Link_works_once()
    {
        await using var server = await RunningServer.StartAsync();
        var link = server.Server.CreateWelcomeLink()!;
        using var first = new Browser(server);
        using var second = new Browser(server);
        await AcceptAsync(first, link);

        Assert.StartsWith("/welcome?error=link", await AcceptAsync(second, link, user: "mallory"), StringComparison.Ordinal);
        Assert.False(await second.IsSignedInAsync());
    }

    [Fact]
    public async Task Two_people_who_use_the_link_at_once_make_one_administrator()
    {
        await using var server = await RunningServer.StartAsync();
        var link = server.Server.CreateWelcomeLink()!;
        using var first = new Browser(server);
        using var second = new Browser(server);

        var answers = await Task.WhenAll(AcceptAsync(first, link, user: "alice"), AcceptAsync(second, link, user: "mallory"));

        Assert.Single(answers, "/");
        Assert.Single(answers, answer => answer.StartsWith("/welcome?error=link", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Looking_at_the_page_and_failing_do_not_use_the_link_up()
    {
        await using var server = await RunningServer.StartAsync();
        var link = server.Server.CreateWelcomeLink()!;
        using var preview = new Browser(server);
        await preview.FormTokenAsync("/welcome");
        using var browser = new Browser(server);

        Assert.Equal($"/welcome?error=password{link.Fragment}", await AcceptAsync(browser, link, password: "too short"));
        Assert.Equal($"/welcome?error=user{link.Fragment}", await AcceptAsync(browser, link, user: "<script>"));
        Assert.Equal("/", await AcceptAsync(browser, link));
    }

    [Fact]
    public async Task Link_is_valid_for_an_hour()
    {
        await using var server = await RunningServer.StartAsync();
        var link = server.Server.CreateWelcomeLink()!;
        using var browser = new Browser(server);

        server.Time.Advance(TimeSpan.FromHours(1));

        Assert.StartsWith("/welcome?error=link", await AcceptAsync(browser, link), StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_link_ends_the_one_before()
    {
        await using var server = await RunningServer.StartAsync();
        var old = server.Server.CreateWelcomeLink()!;
        var current = server.Server.CreateWelcomeLink()!;
        using var browser = new Browser(server);

        Assert.StartsWith("/welcome?error=link", await AcceptAsync(browser, old), StringComparison.Ordinal);
        Assert.Equal("/", await AcceptAsync(browser, current));
    }

    [Fact]
    public async Task There_is_no_link_while_there_is_an_administrator()
    {
        await using var server = await RunningServer.StartAsync();
        var link = server.Server.CreateWelcomeLink()!;
        server.AddPerson();
        using var browser = new Browser(server);

        Assert.Null(server.Server.CreateWelcomeLink());
        Assert.StartsWith("/welcome?error=link", await AcceptAsync(browser, link, user: "mallory"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guessed_links_are_slowed()
    {
        await using var server = await RunningServer.StartAsync();
        using var browser = new Browser(server);
        var guess = new Uri(server.Address, $"/welcome#{new string('A', 43)}");
        for (var i = 0; i < 10; i++)
            Assert.StartsWith("/welcome?error=link", await AcceptAsync(browser, guess), StringComparison.Ordinal);

        Assert.StartsWith("/welcome?error=wait", await AcceptAsync(browser, guess), StringComparison.Ordinal);
    }

    private static Task<string> AcceptAsync(
        Browser browser, Uri link, string user = RunningServer.User, string password = RunningServer.Password) =>
        browser.SubmitAsync("/welcome", ("token", link.Fragment.TrimStart('#')), ("user", user), ("password", password));
}
