using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Reeve.Server.Ui.Components;

/// <summary>Strings of hostile JSON as text for a page.</summary>
internal static class JsonText
{
    /// <summary>A string's value; as written where its escapes make no valid text (a lone surrogate).</summary>
    public static string Of(JsonElement value)
    {
        try
        {
            return value.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return value.GetRawText();
        }
    }

    /// <summary>A property's name; as written where its escapes make no valid text.</summary>
    public static string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8PropertyName(property));
        }
    }

    /// <summary>Text in which nothing hides: control and direction-changing characters as <c>\uXXXX</c>, line ends kept.</summary>
    public static string Visible(string text)
    {
        if (!text.Any(IsHidden))
            return text;
        var shown = new StringBuilder(text.Length + 32);
        foreach (var character in text)
        {
            if (IsHidden(character))
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            else
                shown.Append(character);
        }
        return shown.ToString();
    }

    private static bool IsHidden(char character) =>
        character is not ('\n' or '\t') && character is < ' ' or > '~'
        && char.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
