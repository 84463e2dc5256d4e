using System.Text.Json.Nodes;
using Reeve.Server.Configuration;

namespace Reeve.Server.Tests.Configuration;

public sealed class ConfigurationSchemaTests
{
    [Fact]
    public void Schema_knows_every_key_with_its_description_and_default()
    {
        var schema = ConfigurationSchema.Render();

        Assert.All(ConfigurationKeys.All, key =>
        {
            var property = Find(schema, key.Path);
            Assert.Equal(key.Description, (string?)property["description"]);
            Assert.Equal(key.Default, (string?)property["default"] ?? "");
        });
        Assert.False((bool)Find(schema, "listen.tls")["additionalProperties"]!);
        Assert.Equal(["certificate", "key"], Find(schema, "listen.tls")["required"]!.AsArray().Select(name => (string)name!));
    }

    [Fact]
    public void Every_key_stands_in_a_block_that_is_a_key()
    {
        var insides = ConfigurationKeys.All.Where(key => key.Type is KeyType.Block or KeyType.Blocks).Select(key => key.Inside).Append("").ToHashSet(StringComparer.Ordinal);

        Assert.All(ConfigurationKeys.All, key => Assert.Contains(key.Parent, insides));
    }

    private static JsonObject Find(JsonObject schema, string path) => path.Split('.').Aggregate(schema, (at, name) =>
    {
        var property = (at["properties"] ?? at["items"]!["properties"])![name.TrimEnd('[', ']')]!.AsObject();
        return name.EndsWith(']') ? property["items"]!.AsObject() : property;
    });
}
