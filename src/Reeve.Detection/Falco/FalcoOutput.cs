using System.Collections.Immutable;
using System.Text;
using Reeve.Detection.Falco.Language;
using Reeve.Detection.Rules;

namespace Reeve.Detection.Falco;

/// <summary>The output of a rule: text with fields behind percent signs. What is no field of audit logs stays as it is written.</summary>
internal static class FalcoOutput
{
    /// <summary>Its parts.</summary>
    public static ImmutableArray<OutputPart> Parse(string format)
    {
        var parts = ImmutableArray.CreateBuilder<OutputPart>();
        var text = new StringBuilder();
        for (var at = 0; at < format.Length;)
        {
            var end = at + 1;
            if (format[at] == '%')
            {
                while (end < format.Length && (char.IsAsciiLetterOrDigit(format[end]) || format[end] is '_' or '.'))
                    end++;
            }

            var name = format[(at + 1)..end].TrimEnd('.');
            end = at + 1 + name.Length;
            if (format[at] != '%' || name.Length == 0)
            {
                text.Append(format[at++]);
                continue;
            }

            string? argument = null;
            if (end < format.Length && format[end] == '[' && format.IndexOf(']', end) is > 0 and var close)
            {
                argument = format[(end + 1)..close];
                end = close + 1;
            }

            if (Field(name, argument) is { } part)
            {
                if (text.Length > 0)
                    parts.Add(new OutputPart(text.ToString()));
                text.Clear();
                parts.Add(part);
            }
            else
            {
                text.Append(format, at, end - at);
            }

            at = end;
        }

        if (text.Length > 0)
            parts.Add(new OutputPart(text.ToString()));
        return parts.ToImmutable();
    }

    private static OutputPart? Field(string name, string? argument)
    {
        try
        {
            return new OutputPart("", FieldReference.Resolve(name, argument, 0));
        }
        catch (FalcoSyntaxException)
        {
            return null;
        }
    }
}
