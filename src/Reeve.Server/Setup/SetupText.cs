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

    /// <summary>A file with its places <c>{{name}}</c> filled in; a place without a value stays, so that it is seen.</summary>
    public static string Of(string file, IReadOnlyDictionary<string, string> values) => Fill(Of(file), values);

    /// <summary>A text with its places filled in.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values) => Place.Replace(
        text, place => values.TryGetValue(place.Groups["name"].Value, out var value) ? value : place.Value);

    [GeneratedRegex(@"\{\{(?<name>[a-z]+)\}\}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Place { get; }
}
