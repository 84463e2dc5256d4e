using System.Text.Json;
using Reeve.Audit.Fields;
using Reeve.Testing;

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

    [Fact]
    public void A_field_is_found_by_its_name_in_Falco_and_Falco_has_such_a_field()
    {
        var falco = JsonDocument.Parse(File.ReadAllBytes(Repository.Shared("data", "rules", "falco", "fields.json"))).RootElement
            .GetProperty("fields").EnumerateArray().Select(field => field.GetProperty("name").GetString()!).ToHashSet(StringComparer.Ordinal);

        var aliased = FieldCatalogue.All.Where(field => field.Falco is not null).ToList();
        Assert.NotEmpty(aliased);
        Assert.All(aliased, field =>
        {
            Assert.Contains(field.Falco!, falco);
            Assert.True(FieldCatalogue.TryGet(field.Falco!, out var found) && found == field, field.Falco);
        });
    }
}
