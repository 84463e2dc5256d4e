using System.Text.Encodings.Web;
using System.Text.Json;

namespace Reeve.Audit.Reading.Envelopes;

/// <summary>How JSON is written here: no character is escaped that need not be, as it is never put into a page unescaped.</summary>
internal static class Relaxed
{
    /// <summary>For whole values. What is written raw comes from outside and is not checked again.</summary>
    public static JsonWriterOptions Writer { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The inside of a string, as UTF-8.</summary>
    public static ReadOnlySpan<byte> String(string text) => JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes;
}
