using Reeve.Detection.Yaml;
using YamlDotNet.Core;

namespace Reeve.Detection.Tests.Yaml;

public sealed class YamlTreeTests
{
    [Fact]
    public void Every_document_knows_where_it_stands()
    {
        var documents = YamlTree.ParseAll("a: 1\n---\n  b: [x, y]\n");

        Assert.Equal(2, documents.Count);
        var second = Assert.IsType<YamlMapping>(documents[1]);
        Assert.Equal((3, 3), (second.Line, second.Column));
        Assert.Equal(["x", "y"], Assert.IsType<YamlSequence>(second.Entries[0].Value).Items.Cast<YamlScalar>().Select(item => item.Value));
    }

    [Fact]
    public void Where_one_is_all_there_may_be_a_second_is_refused_with_its_line()
    {
        var failure = Assert.Throws<YamlException>(() => YamlTree.Parse("a: 1\n---\nb: 2\n"));

        Assert.Equal(2, failure.Start.Line);
        Assert.Null(YamlTree.Parse(""));
    }
}
