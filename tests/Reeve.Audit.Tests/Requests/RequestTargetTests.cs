using System.Text.Json;
using Reeve.Audit.Requests;
using Reeve.Testing;

namespace Reeve.Audit.Tests.Requests;

/// <summary>The cases of kubernetes/apiserver's own tests, and the URLs of real events.</summary>
public sealed class RequestTargetTests
{
    [Fact]
    public void Method_and_URL_say_what_a_request_is_for()
    {
        var count = 0;
        foreach (var each in Cases("resourceCases"))
        {
            var target = RequestTarget.Of(Text(each, "method"), Text(each, "url"));
            var parts = each.GetProperty("parts").EnumerateArray().Select(part => part.GetString()!);
            Assert.True(
                target.IsResource && target.Verb == Text(each, "verb") && target.ApiGroup == Text(each, "apiGroup") && target.ApiVersion == Text(each, "apiVersion")
                && target.Namespace == Text(each, "namespace") && target.Resource == Text(each, "resource") && target.Subresource == Text(each, "subresource")
                && target.Name == Text(each, "name") && parts.SequenceEqual(target.Parts),
                $"{each}: {target}");
            count++;
        }

        Assert.Equal(30, count);
    }

    [Fact]
    public void Short_and_other_paths_are_for_no_resource()
    {
        var count = 0;
        foreach (var each in Cases("nonResourceCases"))
        {
            Assert.True(RequestTarget.Of("GET", Text(each, "url")).IsResource == each.GetProperty("isResourceRequest").GetBoolean(), $"{each}");
            count++;
        }

        Assert.Equal(19, count);
    }

    [Fact]
    public void Selectors_of_lists_are_read_from_the_query()
    {
        var count = 0;
        foreach (var each in Cases("selectorCases"))
        {
            var target = RequestTarget.Of(Text(each, "method"), Text(each, "url"));
            Assert.True(
                target.Name == Text(each, "expectedName") && target.Verb == Text(each, "expectedVerb")
                && target.FieldSelector == Text(each, "expectedFieldSelector") && target.LabelSelector == Text(each, "expectedLabelSelector"),
                $"{each}: {target}");
            count++;
        }

        Assert.Equal(12, count);
    }

    [Fact]
    public void The_URLs_of_real_events_say_what_their_objectRef_says()
    {
        var compared = 0;
        foreach (var line in RealLogs.Permissive())
        {
            using var read = JsonDocument.Parse(line);
            var json = read.RootElement;
            if (!json.TryGetProperty("objectRef", out var reference) || !Methods.TryGetValue(Text(json, "verb"), out var method))
                continue;
            var target = RequestTarget.Of(method, Text(json, "requestURI"));
            Assert.True(
                target.IsResource && target.Verb == Text(json, "verb") && target.Resource == Optional(reference, "resource") && target.Subresource == Optional(reference, "subresource")
                && target.Namespace == Optional(reference, "namespace") && target.ApiGroup == Optional(reference, "apiGroup"),
                $"{Text(json, "requestURI")}: {reference}: {target}");
            compared++;
        }

        Assert.True(compared > 4_000, $"only {compared} events have an objectRef");
    }

    [Fact]
    public void Whatever_the_URL_it_is_read()
    {
        var mutator = new Mutator(5, [.. new[] { "/apis/apps/v1/namespaces/a/deployments/b/scale?watch=1&fieldSelector=metadata.name%3Dx", "/api/v1/proxy/namespaces/a/pods", "/apis/a/v1/watch" }.Select(System.Text.Encoding.UTF8.GetBytes)]);
        for (var count = 0; count < 20_000; count++)
            Assert.NotNull(RequestTarget.Of("GET", System.Text.Encoding.UTF8.GetString(mutator.Next(120))).Path);
    }

    private static Dictionary<string, string> Methods { get; } = new(StringComparer.Ordinal)
    {
        ["get"] = "GET", ["list"] = "GET", ["watch"] = "GET", ["create"] = "POST", ["update"] = "PUT", ["patch"] = "PATCH", ["delete"] = "DELETE", ["deletecollection"] = "DELETE",
    };

    private static string Optional(JsonElement each, string name) => each.TryGetProperty(name, out var value) ? value.GetString()! : "";

    private static JsonElement.ArrayEnumerator Cases(string name) =>
        JsonDocument.Parse(File.ReadAllText(Repository.Shared("data", "cases", "requestinfo-cases.json"))).RootElement.GetProperty(name).EnumerateArray();

    private static string Text(JsonElement each, string name) => each.GetProperty(name).GetString()!;
}
