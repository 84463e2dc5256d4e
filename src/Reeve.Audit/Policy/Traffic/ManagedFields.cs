namespace Reeve.Audit.Policy.Traffic;

/// <summary>The members of a body that <c>omitManagedFields</c> leaves out.</summary>
internal static class ManagedFields
{
    /// <summary>How many bytes of a body, JSON as the apiserver writes it, are <c>managedFields</c> with their names and commas.</summary>
    public static long Bytes(ReadOnlySpan<byte> body)
    {
        var name = "\"managedFields\":["u8;
        var bytes = 0L;
        while (body.IndexOf(name) is >= 0 and var at)
        {
            body = body[(at + name.Length)..];
            var length = ListLength(body);
            bytes += name.Length + length + 1;
            body = body[length..];
        }

        return bytes;
    }

    // Behind its opening bracket, to behind its closing one.
    private static int ListLength(ReadOnlySpan<byte> rest)
    {
        var depth = 1;
        for (var at = 0; at < rest.Length; at++)
        {
            switch (rest[at])
            {
                case (byte)'"':
                    at += TextLength(rest[(at + 1)..]);
                    break;
                case (byte)'[' or (byte)'{':
                    depth++;
                    break;
                case (byte)']' or (byte)'}' when --depth == 0:
                    return at + 1;
                default:
                    break;
            }
        }

        return rest.Length;
    }

    private static int TextLength(ReadOnlySpan<byte> rest)
    {
        var at = 0;
        while (at < rest.Length && rest[at] != '"')
            at += rest[at] == '\\' ? 2 : 1;
        return Math.Min(at + 1, rest.Length);
    }
}
