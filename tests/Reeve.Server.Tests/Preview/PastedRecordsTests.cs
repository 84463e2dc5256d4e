using System.Text;
using CsCheck;
using Reeve.Server.Preview;

namespace Reeve.Server.Tests.Preview;

public sealed class PastedRecordsTests
{
    private const string Signs = "{}[]\",:\n 1a<";

    [Theory]
    [InlineData("{\"a\":1}\n{\"b\":2}\n", "1:{\"a\":1}\n", "2:{\"b\":2}\n")]
    [InlineData("{\"a\":1}\r\n\r\n{\"b\":2}", "1:{\"a\":1}\r\n", "3:{\"b\":2}")]
    [InlineData("{\n \"a\": {\n  \"b\": 1 }\n}\n{\n}\n", "1:{\n \"a\": {\n  \"b\": 1 }\n}\n", "5:{\n}\n")]
    [InlineData("{\"a\":\"cut\n{\"b\":2}\n", "1:{\"a\":\"cut\n", "2:{\"b\":2}\n")]
    [InlineData("{\"a\":1,\n{\"b\":2}\n", "1:{\"a\":1,\n", "2:{\"b\":2}\n")]
    [InlineData("{\n \"a\": 1,\n \"b\": \"cut\n", "1:{\n \"a\": 1,\n \"b\": \"cut\n")]
    [InlineData("<14>host: text\n{\n \"a\": 1\n}\n", "1:<14>host: text\n", "2:{\n \"a\": 1\n}\n")]
    [InlineData("\ufeff{\"a\":1}", "1:{\"a\":1}")]
    [InlineData(" \n\t\n")]
    [InlineData("")]
    public void A_record_is_a_line_or_an_object_over_several(string text, params string[] expected)
    {
        var records = PastedRecords.Of(Encoding.UTF8.GetBytes(text)).Select(record => $"{record.Line}:{Encoding.UTF8.GetString(record.Bytes.Span)}");

        Assert.Equal(expected, records);
    }

    [Fact]
    public void No_byte_but_white_space_is_left_out_whatever_is_pasted() =>
        Gen.Frequency((1, Gen.Byte), (8, Gen.Int[0, Signs.Length - 1].Select(i => (byte)Signs[i]))).Array[0, 60].Sample(bytes =>
        {
            var kept = PastedRecords.Of(bytes).SelectMany(record => record.Bytes.ToArray()).Where(b => !" \t\r\n"u8.Contains(b));
            Assert.Equal(bytes.Where(b => !" \t\r\n"u8.Contains(b)), kept);
        });
}
