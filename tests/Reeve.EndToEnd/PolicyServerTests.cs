using System.Text.Json;
using System.Text.Json.Nodes;
using Reeve.EndToEnd.Support;

namespace Reeve.EndToEnd;

/// <summary><c>reeve policy simulate</c>, <c>coverage</c> and <c>suggest</c> over the store of a running server.</summary>
public sealed class PolicyServerTests
{
    private static readonly string Policy = Repository.Shared("data", "audit", "policy-article.yaml");

    [Fact]
    public async Task Store_of_a_server_says_the_same_as_its_logs()
    {
        // Nothing secret is in it, so that what is stored has the sizes of the log.
        var log = Repository.Shared("data", "audit", "permissive", "n02-developers.jsonl");
        using var folder = new TemporaryFolder();
        await using var server = await ReeveProcess.StartAsync(folder["data"], [log]);
        using var analyst = await Analyst.SignUpAsync(server);
        await analyst.WaitForCountAsync((await File.ReadAllLinesAsync(log, TestContext.Current.CancellationToken)).Length);
        string[] live = ["--server", server.Address.ToString(), "--from", "2020-01-01T00:00:00Z"];

        var ofLog = await RunAsync(analyst.Token, ["policy", "simulate", "--policy", Policy, "--format", "json", log]);
        var ofServer = await RunAsync(analyst.Token, ["policy", "simulate", "--policy", Policy, "--format", "json", .. live]);
        Assert.Equal((0, ""), (ofServer.ExitCode, ofServer.Error));
        Assert.Equal(Events(ofLog.Output), Events(ofServer.Output));

        var suggested = await RunAsync(analyst.Token, ["policy", "suggest", .. live]);
        Assert.Equal(0, suggested.ExitCode);
        folder.Write("suggested.yaml", suggested.Output);
        Assert.Equal(0, (await RunAsync(analyst.Token, ["policy", "check", folder["suggested.yaml"]])).ExitCode);

        var covered = await RunAsync(analyst.Token, ["policy", "coverage", "--policy", Policy, "--format", "json", "--min-level", "critical", .. live]);
        Assert.Contains(JsonNode.Parse(covered.Output)!["rules"]!.AsArray(), rule => rule!["change"]?["cost"] is not null);
    }

    [Fact]
    public async Task What_cannot_be_asked_is_one_line_that_says_why()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ReeveProcess.StartAsync(folder["data"], []);
        using var analyst = await Analyst.SignUpAsync(server);
        string[] simulate = ["policy", "simulate", "--policy", Policy];

        await AssertAsync(2, "give logs, or a server with --server", analyst.Token, simulate);
        await AssertAsync(2, "not both", analyst.Token, [.. simulate, Policy, "--server", server.Address.ToString()]);
        await AssertAsync(2, "not an address", analyst.Token, [.. simulate, "--server", "reeve"]);
        await AssertAsync(2, "the token would travel in clear", analyst.Token, [.. simulate, "--server", "http://reeve.example.com"]);
        await AssertAsync(1, "it does not take the token", "reeve_wrong", [.. simulate, "--server", server.Address.ToString()]);
        await AssertAsync(1, "nothing is stored of this time", analyst.Token, [.. simulate, "--server", server.Address.ToString()]);
        await AssertAsync(1, "from", analyst.Token, [.. simulate, "--server", server.Address.ToString(), "--from", "yesterday"]);
        await AssertAsync(1, "127.0.0.1:9", analyst.Token, [.. simulate, "--server", "http://127.0.0.1:9"]);
    }

    private static async Task AssertAsync(int exitCode, string expected, string token, string[] arguments)
    {
        var (exit, output, error) = await RunAsync(token, arguments);
        Assert.Equal((exitCode, ""), (exit, output));
        Assert.Contains(expected, Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    private static string Events(string json)
    {
        var told = JsonNode.Parse(json)!;
        return JsonSerializer.Serialize(new
        {
            from = told["from"],
            to = told["to"],
            recorded = told["recorded"],
            rules = told["policies"]![0]!["rules"]!.AsArray().Select(rule => new { rule = rule!["rule"], decided = rule["decided"], recorded = rule["recorded"] }),
        });
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(string token, string[] arguments)
    {
        using var command = ReeveCommand.Start(arguments, new Dictionary<string, string>(StringComparer.Ordinal) { ["REEVE_TOKEN"] = token, ["REEVE_URL"] = "" });
        var (output, error) = (command.StandardOutput.ReadToEndAsync(), command.StandardError.ReadToEndAsync());
        await command.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (command.ExitCode, await output, await error);
    }
}
