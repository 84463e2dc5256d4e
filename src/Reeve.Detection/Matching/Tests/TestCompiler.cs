using System.Text;
using Reeve.Detection.Conditions;

namespace Reeve.Detection.Matching.Tests;

/// <summary>Turns tests as they are written into tests as they run.</summary>
internal static class TestCompiler
{
    // From as many on, one search for all beats one each.
    private const int Many = 3;

    /// <summary>The test as it runs.</summary>
    public static BytesTest Compile(ValueTest test) => test switch
    {
        ValueTest.Is x => Text(x.Text, FieldRelation.Equals, x.Cased),
        ValueTest.StartsWith x => Text(x.Text, FieldRelation.StartsWith, x.Cased),
        ValueTest.EndsWith x => Text(x.Text, FieldRelation.EndsWith, x.Cased),
        ValueTest.Contains x => Text(x.Text, FieldRelation.Contains, x.Cased),
        ValueTest.Like x => Like([.. x.Pieces], x.Cased),
        ValueTest.Matches x => new RegexTest(x),
        ValueTest.InNetwork x => new NetworkTest(x.Network),
        ValueTest.Number x => new NumberTest(x.Comparison, x.Value),
        ValueTest.PartOfTime x => new TimePartTest(x.Part, x.Comparison, x.Value),
        ValueTest.IsExpanded x => new ExpandTest(x.Pieces, x.Cased),
        ValueTest.AnyOf x => Any([.. Flatten(x)]),
        ValueTest.Not x => new NotTest(Compile(x.Inner)),
        _ => throw new ArgumentOutOfRangeException(nameof(test), test, "no such test"),
    };

    private static BytesTest Text(string text, FieldRelation relation, bool cased) => (relation, Ascii.IsValid(text)) switch
    {
        (FieldRelation.Equals, true) => new AsciiEqualsTest(text, cased),
        (FieldRelation.StartsWith, true) => new AsciiPrefixTest(text, cased),
        (FieldRelation.EndsWith, true) => new AsciiSuffixTest(text, cased),
        (FieldRelation.Contains, true) => new AsciiContainsTest(text, cased),
        _ => new TextTest(text, relation, cased),
    };

    private static BytesTest Like(List<LikePiece> pieces, bool cased) => pieces switch
    {
        [] => Text("", FieldRelation.Equals, cased),
        [{ Kind: LikeKind.Many }] => new AlwaysTest(),
        [{ Kind: LikeKind.Text } text] => Text(text.Text, FieldRelation.Equals, cased),
        [{ Kind: LikeKind.Text } text, { Kind: LikeKind.Many }] => Text(text.Text, FieldRelation.StartsWith, cased),
        [{ Kind: LikeKind.Many }, { Kind: LikeKind.Text } text] => Text(text.Text, FieldRelation.EndsWith, cased),
        [{ Kind: LikeKind.Many }, { Kind: LikeKind.Text } text, { Kind: LikeKind.Many }] => Text(text.Text, FieldRelation.Contains, cased),
        _ => new LikeTest(pieces, cased),
    };

    private static BytesTest Any(List<ValueTest> tests)
    {
        var searches = tests.OfType<ValueTest.Contains>().Where(test => test.Text.Length > 0).GroupBy(test => test.Cased).Where(group => group.Count() >= Many).ToList();
        var compiled = searches.Select(group => (BytesTest)new ContainsAnyTest([.. group.Select(test => test.Text)], group.Key))
            .Concat(tests.Except(searches.SelectMany(group => group)).Select(Compile))
            .ToList();
        return compiled.Count == 1 ? compiled[0] : new AnyTest(compiled);
    }

    private static IEnumerable<ValueTest> Flatten(ValueTest.AnyOf any) =>
        any.Tests.SelectMany(test => test is ValueTest.AnyOf inner ? Flatten(inner) : [test]).Distinct();
}
