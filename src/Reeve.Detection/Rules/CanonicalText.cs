using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Reeve.Detection.Conditions;
using Reeve.Detection.Fields;

namespace Reeve.Detection.Rules;

/// <summary>Conditions and fields as one text. Each part stands after its length, so that no two sequences of parts are the same text. Not thread-safe.</summary>
internal sealed class CanonicalText
{
    private readonly StringBuilder _text = new();

    public void Add(params ReadOnlySpan<object> parts)
    {
        foreach (var part in parts)
        {
            var text = Convert.ToString(part, CultureInfo.InvariantCulture)!;
            _text.Append(CultureInfo.InvariantCulture, $"{text.Length}:{text};");
        }
    }

    /// <summary>Its hash: 64 hexadecimal digits.</summary>
    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(Encoding.Unicode.GetBytes(_text.ToString())));

    public void Add(Condition condition)
    {
        Add(condition.GetType().Name);
        switch (condition)
        {
            case Condition.Constant constant: Add(constant.Value); break;
            case Condition.All all: AddAll(all.Parts, Add); break;
            case Condition.Any any: AddAll(any.Parts, Add); break;
            case Condition.Not not: Add(not.Inner); break;
            case Condition.Has has: Add(has.Field); Add(has.Test); Add(has.Every); break;
            case Condition.Exists exists: Add(exists.Field); break;
            case Condition.IsNull isNull: Add(isNull.Field); break;
            case Condition.Relates relates: Add(relates.Left); Add((int)relates.Relation, relates.Cased); Add(relates.Right); break;
            case Condition.Keyword keyword: Add(keyword.Test); break;
            default: throw new ArgumentOutOfRangeException(nameof(condition), condition, "no such condition");
        }
    }

    public void Add(Field? field)
    {
        switch (field)
        {
            case null: Add("none"); break;
            case Field.Union union: Add("union", union.Name, union.FirstOnly); AddAll(union.Fields, Add); break;
            case Field.Computed computed: Add("computed", computed.Name); AddAll(computed.From, Add); break;
            default: Add(field.GetType().Name, $"{field}"); break;
        }
    }

    private void Add(ValueTest test)
    {
        Add(test.GetType().Name);
        switch (test)
        {
            case ValueTest.Is one: Add(one.Text, one.Cased); break;
            case ValueTest.StartsWith one: Add(one.Text, one.Cased); break;
            case ValueTest.EndsWith one: Add(one.Text, one.Cased); break;
            case ValueTest.Contains one: Add(one.Text, one.Cased); break;
            case ValueTest.Like like: Add(like.Cased); AddAll(like.Pieces, piece => Add((int)piece.Kind, piece.Text)); break;
            case ValueTest.Matches regex: Add(regex.Pattern, regex.IgnoreCase, regex.Multiline, regex.Singleline); break;
            case ValueTest.InNetwork network: Add(network.Network.ToString()); break;
            case ValueTest.Number number: Add((int)number.Comparison, number.Value); break;
            case ValueTest.PartOfTime part: Add((int)part.Part, (int)part.Comparison, part.Value); break;
            case ValueTest.IsExpanded expanded: Add(expanded.Cased); AddAll(expanded.Pieces, piece => { Add(piece.Text); Add(piece.Field); }); break;
            case ValueTest.AnyOf any: AddAll(any.Tests, Add); break;
            case ValueTest.Not not: Add(not.Inner); break;
            default: throw new ArgumentOutOfRangeException(nameof(test), test, "no such test");
        }
    }

    private void AddAll<T>(ImmutableArray<T> parts, Action<T> add)
    {
        Add(parts.Length);
        foreach (var part in parts)
            add(part);
    }
}
