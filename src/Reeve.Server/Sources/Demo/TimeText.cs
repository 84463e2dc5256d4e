using System.Globalization;

namespace Reeve.Server.Sources.Demo;

/// <summary>Times as Kubernetes writes them: RFC 3339 in UTC with no, six or any other number of fractional digits.</summary>
internal static class TimeText
{
    private const int Seconds = 19;
    private const string Whole = "yyyy-MM-ddTHH:mm:ss.fffffff";

    /// <summary>Reads a time that ends with <c>Z</c>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTime utc)
    {
        utc = default;
        if (text.Length <= Seconds || text.Length > Whole.Length + 1 || text[10] != 'T' || text[^1] != 'Z')
            return false;
        Span<char> characters = stackalloc char[text.Length];
        if (System.Text.Encoding.ASCII.GetChars(text, characters) != text.Length)
            return false;
        return DateTime.TryParse(
            characters, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out utc);
    }

    /// <summary>Writes <paramref name="utc"/> over a time, with as many fractional digits as there were; the rest is cut off.</summary>
    public static void Write(Span<byte> over, DateTime utc)
    {
        Span<byte> whole = stackalloc byte[Whole.Length];
        utc.TryFormat(whole, out _, Whole, CultureInfo.InvariantCulture);
        whole[..(over.Length - 1)].CopyTo(over);
    }
}
