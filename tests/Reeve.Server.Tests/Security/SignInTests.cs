using System.Net;
using Reeve.Server.Tests.Support;

namespace Reeve.Server.Tests.Security;

public sealed class SignInTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Right_password_opens_a_session()
    {
        await using var server = await RunningServer.StartAsync();
        server.AddPerson();
        using var browser = new Browser(server);

        Assert.Equal("/", await browser.SignInAsync());
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task User_name_may_be_typed_in_any_case()
    {
        await using var server = await RunningServer.StartAsync();
        server.AddPerson();
        using var browser = new Browser(server);

        Assert.Equal("/", await browser.SignInAsync(user: "ALICE"));
    }

    [Theory]
    [InlineData(RunningServer.User, "correct horse batterY")]
    [InlineData(RunningServer.User, "")]
    [InlineData("nobody", RunningServer.Password)]
    [InlineData("", "")]
    public async Task Wrong_password_and_unknown_user_get_the_same_answer(string user, string password)
    {
        await using var server = await RunningServer.StartAsync();
        server.AddPerson();
        using var browser = new Browser(server);

        Assert.Equal("/sign-in?error=wrong&returnUrl=%2F", await browser.SignInAsync(user, password));
        Assert.False(await browser.IsSignedInAsync());
    }

    [Theory]
    [InlineData("/search?q=a", "/search?q=a")]
    [InlineData("", "/")]
    [InlineData("https://attacker.example/", "/")]
    [InlineData("//attacker.example", "/")]
    [InlineData("/\\attacker.example", "/")]
    [InlineData("/\t/attacker.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("search", "/")]
    public async Task Sign_in_leads_to_pages_of_this_server_only(string returnUrl, string expected)
    {
        await using var server = await RunningServer.StartAsync();
        server.AddPerson();
        using var browser = new Browser(server);

        Assert.Equal(expected, await browser.SignInAsync(returnUrl: returnUrl));
    }

    [Fact]
    public async Task Form_without_its_token_is_refused_even_with_the_right_password()
    {
        await using var server = await RunningServer.StartAsync();
        server.AddPerson();
        using var browser = new Browser(server);

        Assert.Equal("/sign-in?error=expired", await browser.PostAsync("/sign-in", ("user", RunningServer.User), ("password", RunningServer.Password)));
        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Cookie_is_hidden_from_scripts_and_other_sites()
    {
        await using var server = await RunningServer.StartAsync();
        server.AddPerson();
        using var browser = new Browser(server);

        await browser.SignInAsync();

        Assert.Contains("; httponly", browser.SessionCookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; samesite=strict", browser.SessionCookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; path=/", browser.SessionCookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_for_a_copied_cookie_too()
    {
        await using var server = await RunningServer.StartAsync();
        server.AddPerson();
        using var owner = new Browser(server);
        await owner.SignInAsync();
        using var thief = server.Client();
        thief.DefaultRequestHeaders.Add("Cookie", owner.SessionCookie.Split(';')[0]);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(thief));

        Assert.Equal("/sign-in", await owner.PostAsync("/sign-out", ("__RequestVerificationToken", await owner.FormTokenAsync("/sign-in"))));

        Assert.False(await owner.IsSignedInAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(thief));
    }

    [Fact]
    public async Task Made_up_cookie_is_nobody()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = server.Client();
        client.DefaultRequestHeaders.Add("Cookie", $"reeve_session={new string('A', 43)}");

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client));
    }

    [Fact]
    public async Task Eleventh_wrong_password_is_not_looked_at_and_a_minute_later_one_is()
    {
        await using var server = await RunningServer.StartAsync();
        server.AddPerson();
        using var browser = new Browser(server);
        for (var i = 0; i < 10; i++)
            Assert.StartsWith("/sign-in?error=wrong", await browser.SignInAsync(password: "not the password"), StringComparison.Ordinal);

        Assert.StartsWith("/sign-in?error=wait", await browser.SignInAsync(), StringComparison.Ordinal);

        server.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("/", await browser.SignInAsync());
    }

    [Fact]
    public async Task Idle_session_ends_and_a_used_one_goes_on_until_its_total()
    {
        await using var server = await RunningServer.StartAsync();
        server.AddPerson();
        using var idle = new Browser(server);
        using var used = new Browser(server);
        await idle.SignInAsync();
        await used.SignInAsync();

        for (var elapsed = TimeSpan.Zero; elapsed + TimeSpan.FromHours(11) < TimeSpan.FromDays(7); elapsed += TimeSpan.FromHours(11))
        {
            server.Time.Advance(TimeSpan.FromHours(11));
            Assert.True(await used.IsSignedInAsync());
        }

        Assert.False(await idle.IsSignedInAsync());
        server.Time.Advance(TimeSpan.FromHours(11));
        Assert.False(await used.IsSignedInAsync());
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", false)]
    [InlineData("Sec-Fetch-Site", "same-site", false)]
    [InlineData("Sec-Fetch-Site", "same-origin", true)]
    [InlineData("Sec-Fetch-Site", "none", true)]
    [InlineData("Origin", "http://attacker.example", false)]
    [InlineData("Origin", "http://127.0.0.1:1", false)]
    [InlineData("Origin", "null", false)]
    public async Task Form_of_another_origin_is_refused(string header, string value, bool expected)
    {
        await using var server = await RunningServer.StartAsync();
        using var client = server.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-out");
        request.Headers.Add(header, value);

        using var response = await client.SendAsync(request, Cancel);

        Assert.Equal(expected, response.StatusCode != HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("http://attacker.example", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    public async Task Web_socket_of_another_origin_is_refused_before_anything_else(string? origin, HttpStatusCode expected)
    {
        await using var server = await RunningServer.StartAsync();
        using var client = server.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/_blazor");
        request.Headers.Add("Connection", "Upgrade");
        request.Headers.Add("Upgrade", "websocket");
        request.Headers.Add("Sec-WebSocket-Version", "13");
        request.Headers.Add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        if (origin is not null)
            request.Headers.Add("Origin", origin);

        using var response = await client.SendAsync(request, Cancel);

        Assert.Equal(expected, response.StatusCode);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client)
    {
        using var response = await client.GetAsync("/api/v1/sources", Cancel);
        return response.StatusCode;
    }
}
