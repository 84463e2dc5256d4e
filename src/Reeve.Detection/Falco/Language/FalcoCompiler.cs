using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Reeve.Detection.Conditions;
using Reeve.Detection.Conditions.Patterns;
using Reeve.Detection.Falco.Fields;
using Reeve.Detection.Fields;

namespace Reeve.Detection.Falco.Language;

/// <summary>
/// Turns Falco's conditions into ours, macros and lists put in. As in libsinsp, texts are compared with their case, and any
/// comparison with an absent field is false, <c>!=</c> too.
/// </summary>
/// <param name="macros">What macros mean; null for an unknown name.</param>
/// <param name="lists">The items of lists; null for an unknown name.</param>
internal sealed class FalcoCompiler(Func<string, FalcoCondition?> macros, Func<string, IReadOnlyList<string>?> lists)
{
    private const int MostMacros = 50;
    private const int MostParts = 100_000;
    private int _parts;

    /// <summary>The condition in our terms.</summary>
    /// <exception cref="FalcoSyntaxException">A field, macro or operator is not there, or macros go in a circle.</exception>
    public Condition Compile(FalcoCondition condition) => Compile(condition, 0);

    private Condition Compile(FalcoCondition condition, int depth)
    {
        if (++_parts > MostParts)
            throw new FalcoSyntaxException(0, $"with its macros the condition has more than {MostParts} parts");
        return condition switch
        {
            FalcoCondition.And and => new Condition.All([.. and.Parts.Select(part => Compile(part, depth))]),
            FalcoCondition.Or or => new Condition.Any([.. or.Parts.Select(part => Compile(part, depth))]),
            FalcoCondition.Not not => new Condition.Not(Compile(not.Inner, depth)),
            FalcoCondition.Macro macro => Macro(macro, depth),
            FalcoCondition.Check check => Check(check),
            _ => throw new ArgumentOutOfRangeException(nameof(condition), condition, "no such condition"),
        };
    }

    private Condition Macro(FalcoCondition.Macro macro, int depth)
    {
        if (depth > MostMacros)
            throw new FalcoSyntaxException(macro.At, $"the macro '{macro.Name}' stands behind more than {MostMacros} others, or goes in a circle");
        var inner = macros(macro.Name) ?? throw new FalcoSyntaxException(macro.At, $"there is no macro '{macro.Name}'");
        try
        {
            return Compile(inner, depth + 1);
        }
        catch (FalcoSyntaxException failure) when (!failure.Message.StartsWith("in the macro", StringComparison.Ordinal))
        {
            throw new FalcoSyntaxException(macro.At, $"in the macro '{macro.Name}': {failure.Message}");
        }
    }

    private Condition.Has Check(FalcoCondition.Check check)
    {
        var field = FieldReference.Resolve(check.Field, check.Argument, check.At);
        return check.Operator switch
        {
            "exists" => new Condition.Has(field, new ValueTest.Like([new LikePiece(LikeKind.Many)], Cased: true)),
            "in" => new Condition.Has(field, AnyOf(check, text => new ValueTest.Is(text, Cased: true)), Every: true),
            "intersects" => new Condition.Has(field, AnyOf(check, text => new ValueTest.Is(text, Cased: true))),
            "pmatch" => new Condition.Has(field, AnyOf(check, path => new ValueTest.AnyOf([new ValueTest.Is(path, true), new ValueTest.StartsWith(path.TrimEnd('/') + "/", true)]))),
            _ => new Condition.Has(field, Test(check, check.Values[0].Text)),
        };
    }

    private ValueTest.AnyOf AnyOf(FalcoCondition.Check check, Func<string, ValueTest> test) =>
        new([.. check.Values.SelectMany(value => Items(value, 0)).Distinct(StringComparer.Ordinal).Select(test)]);

    // A bare word may be the name of a list, whose items may be names of lists again.
    private IEnumerable<string> Items(FalcoValue value, int depth) =>
        !value.IsQuoted && depth < MostMacros && lists(value.Text) is { } items
            ? items.SelectMany(item => Items(new FalcoValue(item, IsQuoted: false), depth + 1))
            : [value.Text];

    private static ValueTest Test(FalcoCondition.Check check, string text) => check.Operator switch
    {
        "=" or "==" => new ValueTest.Is(text, Cased: true),
        "!=" => new ValueTest.Not(new ValueTest.Is(text, Cased: true)),
        "contains" => new ValueTest.Contains(text, Cased: true),
        "icontains" => new ValueTest.Contains(text, Cased: false),
        "startswith" => new ValueTest.StartsWith(text, Cased: true),
        "endswith" => new ValueTest.EndsWith(text, Cased: true),
        "bcontains" => new ValueTest.Contains(OfHex(check, text), Cased: true),
        "bstartswith" => new ValueTest.StartsWith(OfHex(check, text), Cased: true),
        "glob" => Glob(check, text, cased: true),
        "iglob" => Glob(check, text, cased: false),
        "regex" => Pattern(check, text),
        _ => new ValueTest.Number(ComparisonOf(check.Operator), Number(check, text)),
    };

    private static Comparison ComparisonOf(string symbol) => symbol switch
    {
        "<" => Comparison.Less,
        "<=" => Comparison.LessOrEqual,
        ">" => Comparison.Greater,
        ">=" => Comparison.GreaterOrEqual,
        _ => throw new ArgumentOutOfRangeException(nameof(symbol), symbol, "no such operator"),
    };

    private static double Number(FalcoCondition.Check check, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FalcoSyntaxException(check.At, $"'{text}' is no number, which '{check.Operator}' compares with");

    private static string OfHex(FalcoCondition.Check check, string text)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromHexString(text));
        }
        catch (FormatException)
        {
            throw new FalcoSyntaxException(check.At, $"'{text}' is not hexadecimal, which '{check.Operator}' takes");
        }
    }

    private static ValueTest Glob(FalcoCondition.Check check, string text, bool cased)
    {
        try
        {
            return Globs.Parse(text, cased);
        }
        catch (PatternException failure)
        {
            throw new FalcoSyntaxException(check.At, $"what '{check.Operator}' compares with cannot run: {failure.Message}");
        }
    }

    // RE2's full match; it never goes back either.
    private static ValueTest.Matches Pattern(FalcoCondition.Check check, string text)
    {
        var matches = new ValueTest.Matches($@"\A(?:{text})\z", IgnoreCase: false, Multiline: false, Singleline: false);
        return SafePattern.Fault(text, matches) is { } fault
            ? throw new FalcoSyntaxException(check.At, $"'{text}' is no regular expression that can run: {fault}")
            : matches;
    }
}
