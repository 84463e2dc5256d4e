using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Reeve.Audit.Findings;
using Reeve.Detection.Rules;
using Reeve.Detection.Yaml;

namespace Reeve.Detection.Sigma;

/// <summary>What detection and correlation rules both begin with.</summary>
internal sealed record SigmaHead(string Id, string Title, string Name, string Description, FindingLevel Level, ImmutableArray<string> Tags, ImmutableArray<string> FalsePositives, ImmutableArray<string> References, ImmutableArray<string> RequiresLists, ImmutableArray<WrittenItem> Written)
{
    private const int LongestTitle = 256;

    /// <summary>Reads it.</summary>
    public static SigmaHead Read(YamlBlock block)
    {
        var title = block.Text("title");
        if (title.Length is 0 or > LongestTitle)
            throw block.Wrong(block.TryGet("title", out var node) ? node : block.Node, $"the title has {title.Length} characters; it takes 1 to {LongestTitle}");
        var id = block.Text("id");
        return new SigmaHead(
            id.Length > 0 ? id : IdOf(title), title, block.Text("name"), block.Text("description"), SigmaLevels.Read(block),
            Texts(block, "tags"), Texts(block, "falsepositives"), Texts(block, "references"), Texts(block, "requires-lists"),
            [.. block.Texts("tags").Select(tag => new WrittenItem("tags", [tag.Value], block.At(tag)))]);
    }

    // The same at every start, for a rule that brings none.
    private static string IdOf(string title) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(title))[..16]).ToString();

    private static ImmutableArray<string> Texts(YamlBlock block, string key) => [.. block.Texts(key).Select(text => text.Value)];
}
