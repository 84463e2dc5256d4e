using System.Net;
using System.Text;
using Reeve.Server.Tests.Support;

namespace Reeve.Server.Tests.Security;

public sealed class DemoLinkTests
{
    [Fact]
    public async Task Link_alone_signs_in_once()
    {
        await using var server = await RunningServer.StartDemoAsync();
        var link = server.Server.CreateDemoLink();
        using var first = new Browser(server);
        using var second = new Browser(server);

        Assert.Equal("/", await AcceptAsync(first, link));
        Assert.True(await first.IsSignedInAsync());

        Assert.Equal($"/welcome?error=link{link.Fragment}", await AcceptAsync(second, link));
        Assert.False(await second.IsSignedInAsync());
    }

    [Fact]
    public async Task Link_is_valid_for_an_hour()
    {
        await using var server = await RunningServer.StartDemoAsync();
        var link = server.Server.CreateDemoLink();
        using var browser = new Browser(server);

        server.Time.Advance(TimeSpan.FromHours(1));

        Assert.StartsWith("/welcome?error=link", await AcceptAsync(browser, link), StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_link_ends_the_one_before_and_signs_in_the_same_person()
    {
        await using var server = await RunningServer.StartDemoAsync();
        using var first = new Browser(server);
        using var second = new Browser(server);
        await AcceptAsync(first, server.Server.CreateDemoLink());
        var old = server.Server.CreateDemoLink();
        var current = server.Server.CreateDemoLink();

        Assert.StartsWith("/welcome?error=link", await AcceptAsync(second, old), StringComparison.Ordinal);
        Assert.Equal("/", await AcceptAsync(second, current));
        Assert.True(await first.IsSignedInAsync());
    }

    [Fact]
    public async Task Two_who_use_the_link_at_once_are_not_both_let_in()
    {
        await using var server = await RunningServer.StartDemoAsync();
        var link = server.Server.CreateDemoLink();
        using var first = new Browser(server);
        using var second = new Browser(server);

        var answers = await Task.WhenAll(AcceptAsync(first, link), AcceptAsync(second, link));

        Assert.Single(answers, "/");
    }

    [Fact]
    public async Task Nobody_signs_in_to_a_demo_by_password_and_nothing_real_comes_in()
    {
        await using var server = await RunningServer.StartDemoAsync();
        using var browser = new Browser(server);
        await AcceptAsync(browser, server.Server.CreateDemoLink());
        using var other = new Browser(server);
        using var client = server.ClientWithToken(Reeve.Server.Security.Role.Admin);

        Assert.StartsWith("/sign-in?error=wrong", await other.SignInAsync("demo", ""), StringComparison.Ordinal);
        using var body = new StringContent("{}", Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync("/api/v1/sources/kubernetes/prod", body, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static Task<string> AcceptAsync(Browser browser, Uri link) =>
        browser.SubmitAsync("/welcome", ("token", link.Fragment.TrimStart('#')));
}
