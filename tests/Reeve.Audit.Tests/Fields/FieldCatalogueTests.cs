using Reeve.Audit.Fields;

namespace Reeve.Audit.Tests.Fields;

public sealed class FieldCatalogueTests
{
    [Theory]
    [InlineData("user group actor verb resource subresource ns name apigroup code decision reason ip claimed agent uri stage auditlevel cluster host source category integrity id")]
    public void Every_short_name_people_know_is_there(string names) =>
        Assert.All(names.Split(' '), name => Assert.True(FieldCatalogue.TryGet(name, out var field) && field.Name == name, name));

    [Fact]
    public void Names_are_unique_and_described()
    {
        Assert.Equal(FieldCatalogue.All.Count, FieldCatalogue.All.Select(field => field.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.All(FieldCatalogue.All, field =>
        {
            Assert.Matches("^[a-z]+$", field.Name);
            Assert.Matches("^[A-Za-z].*[^.]$", field.Description);
        });
    }

    [Fact]
    public void A_field_is_found_by_its_path_too()
    {
        Assert.True(FieldCatalogue.TryGet("user.username", out var field));
        Assert.Equal("user", field.Name);
        Assert.False(FieldCatalogue.TryGet("User", out _));
    }
}
