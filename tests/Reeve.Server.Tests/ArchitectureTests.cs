using System.Xml.Linq;

namespace Reeve.Server.Tests;

public sealed class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Reeve"] = ["Reeve.Server", "Reeve.Detection", "Reeve.Store", "Reeve.Journal", "Reeve.Audit"],
        ["Reeve.Server"] = ["Reeve.Detection", "Reeve.Store", "Reeve.Journal", "Reeve.Audit"],
        ["Reeve.Agent"] = ["Reeve.Journal", "Reeve.Audit"],
        ["Reeve.Detection"] = ["Reeve.Audit"],
        ["Reeve.Store"] = ["Reeve.Journal", "Reeve.Audit"],
        ["Reeve.Journal"] = [],
        ["Reeve.Audit"] = [],
    };

    [Fact]
    public void Arrows_between_projects_only_go_down()
    {
        var projects = Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories);

        Assert.NotEmpty(projects);
        Assert.All(projects, project =>
        {
            var name = Path.GetFileNameWithoutExtension(project);
            Assert.True(Allowed.ContainsKey(name), $"{name} is not in the architecture");
            Assert.All(References(project), reference => Assert.Contains(reference, Allowed[name]));
        });
    }

    [Theory]
    [InlineData("Reeve.Audit")]
    [InlineData("Reeve.Journal")]
    public void Foundations_use_little_beyond_the_base_library(string name)
    {
        var project = XDocument.Load(Path.Combine(Repository.Root, "src", name, name + ".csproj"));
        string[] allowed = ["System.IO.Hashing", "ZstdSharp.Port"];

        Assert.All(Includes(project, "PackageReference"), package => Assert.Contains(package, allowed));
        Assert.Empty(Includes(project, "FrameworkReference"));
    }

    private static IEnumerable<string> References(string project) =>
        Includes(XDocument.Load(project), "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path));

    private static IEnumerable<string> Includes(XDocument project, string item) =>
        project.Descendants(item).Select(element => element.Attribute("Include")!.Value);
}
