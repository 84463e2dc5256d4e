using System.Text;
using Reeve.Store.Query.Parsing;

namespace Reeve.Store.Query.Sql;

/// <summary>A value's wildcards in the form of <c>LIKE</c>.</summary>
internal static class LikePattern
{
    public static string Of(QueryValue value)
    {
        var like = new StringBuilder(value.Pattern.Length);
        for (var i = 0; i < value.Pattern.Length; i++)
        {
            var c = value.Pattern[i];
            if (c == '*')
                like.Append('%');
            else if (c == '?')
                like.Append('_');
            else
                AppendLiteral(like, c == '\\' ? value.Pattern[++i] : c);
        }

        return like.ToString();
    }

    private static void AppendLiteral(StringBuilder like, char c)
    {
        if (c is '%' or '_' or '\\')
            like.Append('\\');
        like.Append(c);
    }
}
