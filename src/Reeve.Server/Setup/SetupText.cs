using System.Reflection;
using System.Text.RegularExpressions;

namespace Reeve.Server.Setup;

/// <summary>The lines people copy to set up a way of delivery: files of <c>content/setup</c> with places to fill in.</summary>
internal static partial class SetupText
{
    private const string Folder = "setup/";

    /// <summary>A file as it stands.</summary>
    /// <param name="file">Its name in <c>content/setup</c>.</param>
    public static string Of(string file)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Folder + file)
            ?? throw new ArgumentException($"there is no content/setup/{file}", nameof(file));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().TrimEnd('\n');
    }

    /// <summary>
    /// A file with its places <c>{{name}}</c> filled in; a place without a value stays, so that it is seen. A place that is alone on its
    /// line takes several lines, each indented as it was; with nothing to fill it, its line goes.
    /// </summary>
    public static string Of(string file, IReadOnlyDictionary<string, string> values)
    {
        var text = WholeLine.Replace(Of(file) + "\n", place => values.TryGetValue(place.Groups["name"].Value, out var value)
            ? string.Concat(value.Split('\n').Where(_ => value.Length > 0).Select(line => (line.Length > 0 ? place.Groups["indent"].Value + line : "") + "\n"))
            : place.Value);
        return Place.Replace(text, place => values.TryGetValue(place.Groups["name"].Value, out var value) ? value : place.Value).TrimEnd('\n');
    }

    [GeneratedRegex(@"^(?<indent> *)\{\{(?<name>[a-z]+)\}\}\n", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.Multiline, 1000)]
    private static partial Regex WholeLine { get; }

    [GeneratedRegex(@"\{\{(?<name>[a-z]+)\}\}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Place { get; }
}
