using System.Net;
using System.Text.RegularExpressions;

namespace Reeve.Server.Tests.Support;

/// <summary>Fetches pages and posts their forms as a browser does: keeps cookies, sends the form's hidden token along.</summary>
internal sealed partial class Browser(RunningServer server) : IDisposable
{
    private readonly HttpClient _client = server.Client();

    /// <summary>The session cookie as the server last set it, with its attributes.</summary>
    public string SessionCookie { get; private set; } = "";

    /// <summary>Opens <paramref name="page"/> and posts its form to the same path.</summary>
    /// <returns>Where the answer leads.</returns>
    public async Task<string> SubmitAsync(string page, params (string Name, string Value)[] fields)
    {
        var token = await FormTokenAsync(page);
        return await PostAsync(page, [("__RequestVerificationToken", token), .. fields]);
    }

    public async Task<string> FormTokenAsync(string page)
    {
        var html = await _client.GetStringAsync(page, TestContext.Current.CancellationToken);
        var found = FormToken.Match(html);
        Assert.True(found.Success, $"the page {page} has no antiforgery token");
        return WebUtility.HtmlDecode(found.Groups["token"].Value);
    }

    public async Task<string> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var response = await _client.PostAsync(path, form, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        if (response.Headers.TryGetValues("Set-Cookie", out var cookies))
            SessionCookie = cookies.FirstOrDefault(cookie => cookie.StartsWith("reeve_session=", StringComparison.Ordinal)) ?? SessionCookie;
        return response.Headers.Location!.OriginalString;
    }

    public Task<string> SignInAsync(string user = RunningServer.User, string password = RunningServer.Password, string returnUrl = "") =>
        SubmitAsync("/sign-in", ("user", user), ("password", password), ("returnUrl", returnUrl));

    public async Task<bool> IsSignedInAsync()
    {
        using var response = await _client.GetAsync("/api/v1/sources", TestContext.Current.CancellationToken);
        return response.StatusCode == HttpStatusCode.OK;
    }

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"(?<token>[^\"]+)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex FormToken { get; }
}
