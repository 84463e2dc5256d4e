using System.Globalization;
using System.Text.Json;
using Reeve.EndToEnd.Support;

namespace Reeve.EndToEnd;

/// <summary><c>reeve doctor</c> as a program: its exit codes, its lines, and what it says of a live server.</summary>
public sealed class DoctorTests
{
    [Fact]
    public async Task A_live_server_tells_what_its_apiserver_doubles_and_gives_away()
    {
        using var folder = new TemporaryFolder();
        folder.Write("audit.log", Event("1", "RequestReceived", "Metadata", "get") + Event("1", "ResponseComplete", "Metadata", "get") + Event("2", "ResponseComplete", "Request", "create"));
        await using var server = await ReeveProcess.StartAsync(folder["data"], [folder["audit.log"]]);
        using var analyst = await Analyst.SignUpAsync(server);
        await analyst.WaitForCountAsync(3);

        var (exitCode, output, said) = await RunAsync(analyst.Token, "doctor", "--server", server.Address.ToString(), "--format", "json", "--fail-on", "high");

        var findings = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)).ToDictionary(finding => finding.GetProperty("code").GetString()!, StringComparer.Ordinal);
        Assert.True(exitCode == 3, said);
        Assert.StartsWith("1 writes of secrets", findings["live-secrets"].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("1 events of the last day are reads", findings["live-doubles"].GetProperty("message").GetString(), StringComparison.Ordinal);

        var (refused, _, why) = await RunAsync("reeve_wrong", "doctor", "--server", server.Address.ToString());
        Assert.Equal(1, refused);
        Assert.Contains("answers 401; set REEVE_TOKEN", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_are_mended_into_a_folder_and_nothing_fails_them_any_more()
    {
        using var folder = new TemporaryFolder();
        var article = Path.Combine(Repository.Root, "tests", "Reeve.Server.Tests", "Doctor", "article");

        var (before, _, _) = await ReeveCommand.RunAsync("doctor", article, "--write", folder["mended"], "--fail-on", "critical");
        var (after, output, _) = await ReeveCommand.RunAsync("doctor", folder["mended"], "--fail-on", "low");

        Assert.Equal((3, 0), (before, after));
        Assert.DoesNotContain("critical", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_files_of_one_name_are_both_mended_and_a_pipe_holds_up_nobody()
    {
        using var folder = new TemporaryFolder();
        const string broken = "$ModLoad imfile\n$InputFileName /a\n*.* @@127.0.0.1:514\n";
        folder.Write("one/audit.conf", broken);
        folder.Write("two/audit.conf", broken);
        using (var make = System.Diagnostics.Process.Start("mkfifo", folder["one/pipe"]))
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);

        var (exitCode, _, _) = await ReeveCommand.RunAsync("doctor", folder["one/audit.conf"], folder["two/audit.conf"], "--write", folder["mended"]);
        var (piped, _, why) = await ReeveCommand.RunAsync("doctor", folder["one/pipe"]);
        var (beside, _, _) = await ReeveCommand.RunAsync("doctor", folder["one"]);

        Assert.Equal((0, 1, 0), (exitCode, piped, beside));
        Assert.Equal(2, Directory.GetFiles(folder["mended"], "audit.conf", SearchOption.AllDirectories).Length);
        Assert.Contains("no regular file", Assert.Single(why.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("doctor", "give files or folders")]
    [InlineData("doctor /nowhere/at/all", "there is no such file or folder")]
    [InlineData("doctor --server nowhere", "this is no address of a server")]
    public async Task Wrong_usage_is_one_line_that_says_what_to_do(string arguments, string expected)
    {
        var (exitCode, output, error) = await ReeveCommand.RunAsync(arguments.Split(' '));

        Assert.NotEqual(0, exitCode);
        Assert.Equal("", output);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(string token, params string[] arguments)
    {
        using var command = ReeveCommand.Start(arguments, new Dictionary<string, string>(StringComparer.Ordinal) { ["REEVE_TOKEN"] = token });
        var (output, error) = (command.StandardOutput.ReadToEndAsync(), command.StandardError.ReadToEndAsync());
        await command.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (command.ExitCode, await output, await error);
    }

    private static string Event(string id, string stage, string level, string verb)
    {
        var now = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
        return $$"""
            {"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"{{level}}","auditID":"{{id}}","stage":"{{stage}}","requestURI":"/api/v1/namespaces/shop/secrets/db","verb":"{{verb}}","user":{"username":"ana"},"sourceIPs":["10.0.0.1"],"objectRef":{"resource":"secrets","namespace":"shop","name":"db","apiVersion":"v1"},"responseStatus":{"code":200},"requestObject":{"kind":"Secret"},"requestReceivedTimestamp":"{{now}}","stageTimestamp":"{{now}}"}
            """.Trim() + "\n";
    }
}
