using Reeve.Server.Sources;

namespace Reeve.Server.Tests.Sources;

public sealed class ClusterNameTests
{
    [Theory]
    [InlineData("prod", true)]
    [InlineData("p", true)]
    [InlineData("gke_proj_europe-west1_main", true)]
    [InlineData("cp-1.example.com", true)]
    [InlineData("7", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("-prod", false)]
    [InlineData("prod.", false)]
    [InlineData("..", false)]
    [InlineData("a b", false)]
    [InlineData("a/b", false)]
    [InlineData("größe", false)]
    [InlineData("a\n", false)]
    public void Name_is_like_that_of_a_host(string? name, bool expected) => Assert.Equal(expected, ClusterName.IsValid(name));

    [Fact]
    public void Name_has_253_characters_at_most()
    {
        Assert.True(ClusterName.IsValid(new string('a', 253)));
        Assert.False(ClusterName.IsValid(new string('a', 254)));
    }
}
