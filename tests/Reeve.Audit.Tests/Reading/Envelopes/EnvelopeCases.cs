using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Reeve.Testing;

namespace Reeve.Audit.Tests.Reading.Envelopes;

/// <summary>The forms of envelopes.txt, and events put into them by the framework's own means.</summary>
internal static partial class EnvelopeCases
{
    private static readonly Dictionary<string, (string Form, string Template)> Cases = Load();

    public static IReadOnlyCollection<string> Names => Cases.Keys;

    /// <summary>What stands beside the event; a dash for nothing.</summary>
    public static string FormOf(string name) => Cases[name].Form;

    /// <summary>The bytes of an event in an envelope.</summary>
    public static byte[] Wrap(string name, string eventJson) => Encoding.UTF8.GetBytes(Fill(name, eventJson));

    private static string Fill(string name, string json) => Place().Replace(Cases[name].Template, place => (place.Groups["how"].Value, place.Groups["inner"].Value) switch
    {
        ("json", _) => json,
        ("text", "") => InString(json),
        ("text", var inner) => InString(Fill(inner, json)),
        ("base64", var inner) => Convert.ToBase64String(Encoding.UTF8.GetBytes(Fill(inner, json))),
        ("gzip", var inner) => Convert.ToBase64String(Pack(Encoding.UTF8.GetBytes(Fill(inner, json)))),
        _ => throw new InvalidOperationException(place.Value),
    });

    public static byte[] Pack(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    private static string InString(string text) => JsonSerializer.Serialize(text)[1..^1];

    private static Dictionary<string, (string, string)> Load()
    {
        var cases = new Dictionary<string, (string, string)>();
        foreach (var row in CaseTable.Two("Reeve.Audit.Tests", "Reading", "Envelopes", "envelopes.txt"))
        {
            var (name, template) = row.Data;
            var colon = name.IndexOf(": ", StringComparison.Ordinal);
            cases.Add(name[(colon + 2)..], (name[..colon], template));
        }

        return cases;
    }

    [GeneratedRegex("«(?<how>json|text|base64|gzip)( of (?<inner>[^»]+))?»", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Place();
}
