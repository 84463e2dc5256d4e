using System.Reflection;

namespace Reeve.Detection.Rules;

/// <summary>The files of <c>content</c> that are part of the program.</summary>
internal static class ShippedContent
{
    private static readonly Assembly Own = typeof(ShippedContent).Assembly;

    /// <summary>Their names.</summary>
    public static IEnumerable<string> Names => Own.GetManifestResourceNames();

    /// <summary>What stands in one.</summary>
    public static string Text(string name)
    {
        using var reader = new StreamReader(Own.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
