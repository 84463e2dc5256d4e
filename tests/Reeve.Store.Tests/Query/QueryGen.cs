using CsCheck;
using Reeve.Store.Query.Parsing;

namespace Reeve.Store.Tests.Query;

/// <summary>Random filters, as trees and as text.</summary>
internal static class QueryGen
{
    public static readonly string[] Verbs = ["get", "list", "delete"];

    private static readonly Gen<string> Letters = Gen.OneOf(
        Gen.String[Gen.Char["ab-./:*?\\\"() \t<>=é0_"], 0, 8],
        Pick("and", "or", "NOT", "user:x", "-", "*", "\\", "kube-system", "system:node:a"));

    private static readonly QueryField[] Fields = [.. QueryFields.All, QueryFields.Find("requestObject.spec.containers.image")!];

    private static readonly Gen<QueryValue> Value =
        Gen.OneOf(Letters.Select(QueryValue.Exactly), Letters.Select(QueryValue.FromPattern).Where(value => value.Pattern.Length > 0));

    private static readonly Gen<QueryNode> Leaf = Gen.OneOf(
        Value.Select(value => (QueryNode)new TextNode(value)),
        Gen.Select(Pick(Fields), Value)
            .Where((field, value) => value.Pattern != "*" && QueryValueRules.Expected(field, value) is null)
            .Select((field, value) => (QueryNode)new MatchNode(field, value)),
        Pick(Fields).Select(field => (QueryNode)new ExistsNode(field)),
        Gen.Select(Gen.Enum<Comparison>(), Gen.UShort)
            .Select((comparison, number) => (QueryNode)new CompareNode(QueryFields.Find("code")!, comparison, $"{number}")));

    public static readonly Gen<QueryNode> Node = Gen.Recursive<QueryNode>((depth, node) => depth >= 4
        ? Leaf
        : Gen.Frequency(
            (4, Leaf),
            (1, node.Select(operand => (QueryNode)new NotNode(operand))),
            (2, node.List[2, 4].Select(operands => AndNode.Of(operands))),
            (2, node.List[2, 4].Select(operands => OrNode.Of(operands)))));

    public static readonly Gen<string> AnyText = Gen.OneOf(
        Gen.String,
        Pick("(", ")", " ", "and", " or ", "not ", "-", "user:", "code:>=", "\"", "\\", "*", "x", ":", "ip:10.0.0.0/8", "requestObject.a.", "<")
            .List[0, 30].Select(pieces => string.Concat(pieces)));

    public static Gen<T> Pick<T>(params T[] items) => Gen.Int[0, items.Length - 1].Select(i => items[i]);
}
