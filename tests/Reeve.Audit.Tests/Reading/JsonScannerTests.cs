using System.Text;
using System.Text.Json;
using CsCheck;
using Reeve.Audit.Reading;

namespace Reeve.Audit.Tests.Reading;

public sealed class JsonScannerTests
{
    private static readonly Gen<string> Json = Gen.Recursive<string>((depth, inner) => depth > 6
        ? Scalar
        : Gen.OneOf(
            Scalar,
            inner.Array[0, 4].Select(items => $"[{string.Join(" ,", items)}]"),
            Gen.Select(Text, inner).Array[0, 4].Select(members => $"{{{string.Join(",", members.Select(m => $"{m.Item1} : {m.Item2}"))}}}")));

    private static Gen<string> Text => Gen.String.Select(text => JsonSerializer.Serialize(text));

    private static Gen<string> Scalar => Gen.OneOf(
        Text, Gen.Int.Select(i => $"{i}"), Gen.Double[-1e9, 1e9].Select(d => JsonSerializer.Serialize(d)), Gen.Const("true"), Gen.Const("false"), Gen.Const("null"));

    [Fact]
    public void Tokens_are_those_of_the_framework()
    {
        Json.Sample(json =>
        {
            // A scalar needs an end that shows it is whole.
            var bytes = Encoding.UTF8.GetBytes(json + " ");
            Assert.Equal(Framework(bytes), Scan(bytes, out var complete));
            Assert.True(complete);
        });
    }

    [Fact]
    public void A_cut_value_gives_its_first_tokens_and_is_not_complete() =>
        Gen.Select(Json, Gen.Int[0, 1000]).Sample((json, at) =>
        {
            json = $"[{json}]";
            var bytes = Encoding.UTF8.GetBytes(json);
            var cut = bytes[..(at % bytes.Length)];
            var tokens = Scan(cut, out var complete);
            Assert.False(complete);
            Assert.StartsWith(tokens, Framework(bytes), StringComparison.Ordinal);
        });

    [Theory]
    [InlineData("[1}")]
    [InlineData("{\"a\" 1}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{1:2}")]
    [InlineData("[1,]")]
    [InlineData("[,1]")]
    [InlineData("[tru]")]
    [InlineData("[truex]")]
    [InlineData("[1 2]")]
    [InlineData("[\"a]")]
    [InlineData("")]
    [InlineData("}")]
    public void Broken_json_is_never_complete(string json)
    {
        Scan(Encoding.UTF8.GetBytes(json), out var complete);
        Assert.False(complete);
    }

    [Theory]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(1000)]
    public void Brackets_must_match_at_any_depth(int depth)
    {
        var open = string.Concat(Enumerable.Range(0, depth).Select(i => i % 3 == 0 ? "{\"a\":" : "["));
        var close = string.Concat(Enumerable.Range(0, depth).Reverse().Select(i => i % 3 == 0 ? "}" : "]"));
        Scan(Encoding.UTF8.GetBytes($"{open}1{close}"), out var complete);
        Assert.True(complete);
        for (var i = 0; i < depth; i += 7)
        {
            var wrong = close.ToCharArray();
            wrong[i] = wrong[i] == '}' ? ']' : '}';
            Scan(Encoding.UTF8.GetBytes($"{open}1{new string(wrong)}"), out complete);
            Assert.False(complete, $"bracket {i}");
        }
    }

    private static string Scan(byte[] json, out bool complete)
    {
        var scanner = new JsonScanner(json);
        var text = new StringBuilder();
        while (scanner.Read())
            text.Append(scanner.Token).Append('@').Append(scanner.Start).Append(' ');
        complete = scanner.Complete;
        return text.ToString();
    }

    private static string Framework(byte[] json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 10_000 });
        var text = new StringBuilder();
        while (reader.Read())
            text.Append(reader.TokenType == JsonTokenType.PropertyName ? "Key" : reader.TokenType.ToString()).Append('@').Append(reader.TokenStartIndex).Append(' ');
        return text.ToString();
    }
}
