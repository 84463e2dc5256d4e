using System.Reflection;
using Reeve.Detection.Rules;
using Reeve.Detection.Sigma;

namespace Reeve.Server.Compliance;

/// <summary>The frameworks that come with Reeve, from <c>content/frameworks</c>.</summary>
public static class ShippedFrameworks
{
    private const string Folder = "frameworks/";
    private const string Evidence = Folder + "evidence.yml";

    private static readonly Assembly Own = typeof(ShippedFrameworks).Assembly;

    /// <summary>Reads them.</summary>
    /// <param name="lists">The lists of the team; those that it lacks are empty, and what asks for them waits.</param>
    public static FrameworkReading Read(RuleLists lists) => FrameworkReader.Read(File(Evidence), Files(), SigmaOptions.Of(lists));

    private static IEnumerable<RuleFile> Files() => Own.GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && name != Evidence)
        .Order(StringComparer.Ordinal)
        .Select(File);

    private static RuleFile File(string name)
    {
        using var reader = new StreamReader(Own.GetManifestResourceStream(name)!);
        return new RuleFile(name, reader.ReadToEnd());
    }
}
