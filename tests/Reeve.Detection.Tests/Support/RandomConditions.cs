using System.Collections.Immutable;
using System.Net;
using Reeve.Detection.Conditions;
using Reeve.Detection.Fields;

namespace Reeve.Detection.Tests.Support;

/// <summary>Conditions of every sort, over fields and values that events are likely to have.</summary>
internal sealed class RandomConditions(Random random, IReadOnlyList<string> paths, IReadOnlyList<string> values)
{
    private static readonly string[] Patterns = ["^s", "a.*b", "[0-9]+$", "sys(tem)?", "^$", "\\.1", "é"];
    private static readonly string[] Networks = ["10.0.0.0/8", "192.168.0.0/16", "::1/128", "fd00::/8", "0.0.0.0/0"];

    public Condition Next(int depth = 3) => random.Next(depth > 0 ? 12 : 7) switch
    {
        0 => new Condition.Exists(Field()),
        1 => new Condition.IsNull(Field()),
        2 => new Condition.Relates(Field(), random.GetItems(Enum.GetValues<FieldRelation>(), 1)[0], Coin(), Field()),
        3 when random.Next(4) == 0 => new Condition.Keyword(Test(1)),
        < 7 => new Condition.Has(Field(), Test(1), random.Next(4) == 0),
        7 => new Condition.Not(Next(depth - 1)),
        < 10 => new Condition.All(Some(depth - 1)),
        10 when random.Next(10) == 0 => new Condition.Constant(Coin()),
        _ => new Condition.Any(Some(depth - 1)),
    };

    private ImmutableArray<Condition> Some(int depth) => [.. Enumerable.Range(0, random.Next(4)).Select(_ => Next(depth))];

    private Field Field() => random.Next(12) switch
    {
        0 => new Field.Pointer("/" + Path().Replace('.', '/')),
        1 => new Field.Pointer($"/{Path().Replace('.', '/')}/{random.Next(3)}"),
        2 => new Field.QueryParameter(Coin() ? "command" : "container"),
        3 => new Field.Union("either", [new Field.Path(Path()), new Field.Path(Path())], Coin()),
        4 => new Field.Computed("length of " + Path() is var name ? name : "", [new Field.Path(name[10..])], lists => lists[0].Select(value => $"{value.Length}")),
        5 => new Field.RawTime(),
        _ => new Field.Path(Path()),
    };

    private ValueTest Test(int depth) => random.Next(depth > 0 ? 13 : 11) switch
    {
        0 or 1 => new ValueTest.Is(Value(), Coin()),
        2 => new ValueTest.StartsWith(Piece(), Coin()),
        3 => new ValueTest.EndsWith(Piece(), Coin()),
        4 => new ValueTest.Contains(Piece(), Coin()),
        5 => new ValueTest.Like([.. Enumerable.Range(0, random.Next(5)).Select(_ => Like())], Coin()),
        6 => new ValueTest.Matches(Patterns[random.Next(Patterns.Length)], Coin(), Coin(), Coin()),
        7 => new ValueTest.InNetwork(IPNetwork.Parse(Networks[random.Next(Networks.Length)])),
        8 => new ValueTest.Number(Comparison(), random.Next(6) * 100),
        9 => new ValueTest.PartOfTime(random.GetItems(Enum.GetValues<TimePart>(), 1)[0], Comparison(), random.Next(24)),
        10 => new ValueTest.IsExpanded([new ExpandPiece(Piece()), new ExpandPiece("", new Field.Path(Path()))], Coin()),
        11 => new ValueTest.Not(Test(depth - 1)),
        _ => new ValueTest.AnyOf([.. Enumerable.Range(0, random.Next(6)).Select(_ => Test(depth - 1))]),
    };

    private LikePiece Like() => random.Next(3) switch
    {
        0 => new LikePiece(LikeKind.One),
        1 => new LikePiece(LikeKind.Many),
        _ => new LikePiece(LikeKind.Text, Piece()),
    };

    private Comparison Comparison() => random.GetItems(Enum.GetValues<Comparison>(), 1)[0];

    private string Path() => paths[random.Next(paths.Count)];

    private string Value() => random.Next(3) == 0 ? values[random.Next(values.Count)].ToUpperInvariant() : values[random.Next(values.Count)];

    private string Piece()
    {
        var value = Value();
        var from = random.Next(value.Length + 1);
        return value.Substring(from, random.Next(value.Length - from + 1));
    }

    private bool Coin() => random.Next(2) == 0;
}
