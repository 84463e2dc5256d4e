using System.Text;
using CsCheck;
using Reeve.Audit.Callers;
using Reeve.Audit.Fields;

namespace Reeve.Audit.Tests.Fields;

public sealed class JsonTextsTests
{
    private const string Event = """
        {"kind":"Event","user":{"username":"a","groups":["g"],"extra":{"arn":["x","\u0061rn2"],"alone":"y","authentication.kubernetes.io/pod-name":["web-1"],
        "n":[1,"z"],"none":[]}},"requestObject":{"user":{"extra":{"arn":["other"]}}},"annotations":{"a.b/c":"d"}}
        """;

    [Theory]
    [InlineData("user extra arn", "x arn2")]
    [InlineData("user extra alone", "y")]
    [InlineData("user extra authentication.kubernetes.io/pod-name", "web-1")]
    [InlineData("user extra n", "")]
    [InlineData("user extra none", "")]
    [InlineData("user extra missing", "")]
    [InlineData("user groups", "g")]
    [InlineData("user username", "a")]
    [InlineData("user username x", "")]
    [InlineData("annotations a.b/c", "d")]
    [InlineData("missing a", "")]
    public void Texts_at_a_path_are_read(string path, string expected) => Assert.Equal(expected, string.Join(' ', At(Event, path)));

    [Fact]
    public void What_is_whole_before_a_cut_is_read_and_nothing_else() =>
        Gen.Int[0, Event.Length].Sample(length =>
        {
            var found = At(Event[..length], "user extra arn");
            return found.SequenceEqual(((string[])["x", "arn2"]).Take(found.Count));
        });

    [Fact]
    public void Whatever_the_bytes_nothing_is_thrown() =>
        Gen.Select(Gen.Int[0, Event.Length], Gen.Byte.Array[0, 6]).Sample((at, junk) =>
        {
            byte[] bytes = [.. Encoding.UTF8.GetBytes(Event)[..at], .. junk, .. Encoding.UTF8.GetBytes(Event)[at..]];
            _ = JsonTexts.At(bytes, "user", "extra", "arn");
            _ = JsonTexts.TryFirst(bytes, "kind"u8, out _);
        });

    [Fact]
    public void Deep_nesting_before_the_path_is_not_thrown() =>
        Assert.Empty(At($$"""{"a":{{new string('[', 5000)}}""", "user extra arn"));

    [Theory]
    [InlineData("""{"a":["1"],"b":["2","3"]}""", "2")]
    [InlineData("""{"b":"2"}""", "2")]
    [InlineData("""{"a":"b"}""", null)]
    [InlineData("""{"b":[]}""", null)]
    [InlineData("""{"b":[1]}""", null)]
    [InlineData("""{"b":["2""", null)]
    [InlineData("", null)]
    [InlineData("[", null)]
    public void First_text_of_a_key_is_read(string map, string? expected) =>
        Assert.Equal(expected, JsonTexts.TryFirst(Encoding.UTF8.GetBytes(map), "b"u8, out var value) ? Encoding.UTF8.GetString(value) : null);

    [Fact]
    public void Issued_and_used_credential_are_both_fields()
    {
        Assert.True(FieldCatalogue.TryGet($"user.extra[\"{ExtraKeys.CredentialId}\"]", out var used) && used.Name == "credential");
        Assert.True(FieldCatalogue.TryGet($"annotations[\"{ExtraKeys.IssuedCredentialId}\"]", out var issued) && issued.Name == "issued");
    }

    private static IReadOnlyList<string> At(string json, string path) => JsonTexts.At(Encoding.UTF8.GetBytes(json), path.Split(' '));
}
