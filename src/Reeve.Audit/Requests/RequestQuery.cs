using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Reeve.Audit.Requests;

/// <summary>The query of a <c>requestURI</c>, UTF-8 as the client sent it (application/x-www-form-urlencoded).</summary>
public static class RequestQuery
{
    /// <summary>The URI without its query.</summary>
    public static ReadOnlySpan<byte> Path(ReadOnlySpan<byte> uri) => uri.IndexOf((byte)'?') is >= 0 and var at ? uri[..at] : uri;

    /// <summary>The URI without its query.</summary>
    public static string Path(string uri) => uri.IndexOf('?') is >= 0 and var at ? uri[..at] : uri;

    /// <summary>
    /// Writes the values of a parameter, decoded and joined by a space (<c>command=ls&amp;command=-l</c> → <c>ls -l</c>), into
    /// <paramref name="into"/>, which is at least as long as the URI. A value with a broken escape, or one that is no UTF-8 when
    /// decoded, stays as it was sent. Returns the length written. Does not allocate.
    /// </summary>
    public static int Join(ReadOnlySpan<byte> uri, ReadOnlySpan<byte> parameter, Span<byte> into)
    {
        int written = 0, found = 0;
        foreach (var value in new QueryValues(uri, parameter))
        {
            if (found++ > 0)
                into[written++] = (byte)' ';
            written += Decode(value, into[written..]);
        }

        return written;
    }

    /// <summary>The same as a text.</summary>
    public static string Joined(string uri, string parameter)
    {
        if (!uri.Contains('?'))
            return "";
        var bytes = Encoding.UTF8.GetBytes(uri);
        var buffer = ArrayPool<byte>.Shared.Rent(bytes.Length);
        var joined = Encoding.UTF8.GetString(buffer, 0, Join(bytes, Encoding.UTF8.GetBytes(parameter), buffer));
        ArrayPool<byte>.Shared.Return(buffer);
        return joined;
    }

    /// <summary>
    /// Whether a parameter is set as the apiserver reads its boolean ones: it is there, and its first value is neither
    /// <c>false</c> nor <c>0</c> (k8s.io/apimachinery, Convert_Slice_string_To_bool).
    /// </summary>
    public static bool IsSet(ReadOnlySpan<byte> uri, ReadOnlySpan<byte> parameter)
    {
        foreach (var value in new QueryValues(uri, parameter))
            return !value.SequenceEqual("0"u8) && !Ascii.EqualsIgnoreCase(value, "false"u8);
        return false;
    }

    /// <summary>Decodes one name or value into a span at least as long; returns the length written.</summary>
    internal static int Decode(ReadOnlySpan<byte> value, Span<byte> into)
    {
        var written = 0;
        for (var i = 0; i < value.Length; i++)
        {
            var b = value[i];
            if (b == '%')
            {
                if (i + 2 >= value.Length || Convert.FromHexString(value.Slice(i + 1, 2), into.Slice(written, 1), out _, out _) != OperationStatus.Done)
                    return Verbatim(value, into);
                i += 2;
                written++;
            }
            else
            {
                into[written++] = b == '+' ? (byte)' ' : b;
            }
        }

        return Utf8.IsValid(into[..written]) ? written : Verbatim(value, into);
    }

    private static int Verbatim(ReadOnlySpan<byte> value, Span<byte> into)
    {
        value.CopyTo(into);
        return value.Length;
    }
}
