using System.Globalization;

namespace Reeve.Server.Doctor;

/// <summary>Sizes as configurations of shippers write them: a number, with k, m or g behind it.</summary>
internal static class SizeText
{
    // Of more no daemon can be meant.
    private const long Most = 1L << 32;

    /// <summary>The bytes; null where it is no size.</summary>
    public static long? Parse(string text)
    {
        var written = text.Trim().ToUpperInvariant();
        var factor = written.LastOrDefault() switch { 'K' => 1L << 10, 'M' => 1L << 20, 'G' => 1L << 30, _ => 1 };
        return long.TryParse(written.TrimEnd('K', 'M', 'G'), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value < Most ? value * factor : null;
    }

    /// <summary>Whole mebibytes that hold so many bytes and something around them; two at least.</summary>
    public static long Mebibytes(long bytes) => Math.Max(2, (bytes / (1 << 20)) + 1);
}
