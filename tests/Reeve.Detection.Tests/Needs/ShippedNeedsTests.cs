using System.Text.Json.Nodes;
using Reeve.Audit.Policy;
using Reeve.Detection.Needs;
using Reeve.Detection.Rules;
using Reeve.Detection.Tests.Guide;
using Reeve.Detection.Yaml;

namespace Reeve.Detection.Tests.Needs;

/// <summary>The needs of the rules that come with Reeve, beside the events that their own tests say they find.</summary>
public sealed class ShippedNeedsTests
{
    [Fact]
    public void Every_event_that_fires_in_the_tests_of_a_rule_is_within_what_it_needs()
    {
        var events = ShippedFile.All.Where(file => file.Rule is DetectionRule).SelectMany(file => Firing(file).Select(fired => (file, fired))).ToList();

        // What an event leaves out is that of a finished request.
        Assert.All(events, each =>
        {
            var (needs, fired) = (each.file.Needs, each.fired);
            Assert.Contains(Text(fired, "stage") ?? "ResponseComplete", needs.Stages);
            Assert.True(needs.Verbs.IsEmpty || needs.Verbs.Contains(fired.Text("verb")), $"{each.file.Path}: {fired.Text("verb")} is none of {string.Join(' ', needs.Verbs)}");
            Assert.True(needs.Level == AuditLevel.Metadata || fired.Has("requestObject") || fired.Has("responseObject"), $"{each.file.Path} fires without a body");
            Assert.True(IsWithin(needs, fired), $"{each.file.Path}: line {fired.Place.Line} is of none of {string.Join(' ', needs.Resources)}");
        });
        Assert.True(events.Count > ShippedFile.All.Count, $"{events.Count} events are too few");
    }

    private static bool IsWithin(RuleNeeds needs, YamlBlock fired)
    {
        if (!fired.Has("objectRef"))
            return needs.NonResourceUrls;
        var reference = new JsonObject { ["resource"] = Text(fired.Block("objectRef"), "resource"), ["subresource"] = Text(fired.Block("objectRef"), "subresource") };
        return needs.Resources.IsEmpty || Array.Exists(PolicyEvents.Written(new JsonObject { ["objectRef"] = reference }), needs.Resources.Contains);
    }

    // A story, a list of events, is for a correlation or has events besides those that fire.
    private static IEnumerable<YamlBlock> Firing(ShippedFile file)
    {
        var path = Path.Combine(Repository.Root, "content/rules", file.Path + ".test.yml");
        var tests = new YamlBlock(path, YamlTree.Parse(File.ReadAllText(path))!, "the file");
        return ((YamlSequence)tests.Required("fires")).Items.OfType<YamlMapping>().Select(item => new YamlBlock(path, item, "an event"));
    }

    private static string? Text(YamlBlock block, string key) => block.Has(key) ? block.Text(key) : null;
}
