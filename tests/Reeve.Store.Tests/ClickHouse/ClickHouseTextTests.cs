using System.Text;
using CsCheck;
using Reeve.Store.ClickHouse;
using Reeve.Store.ClickHouse.Embedded;

namespace Reeve.Store.Tests.ClickHouse;

/// <summary>The small parsers and writers of ClickHouse's text and bytes.</summary>
public sealed class ClickHouseTextTests
{
    [Theory]
    [InlineData("Code: 241. DB::Exception: too much", 241)]
    [InlineData("Error: Code: 62. DB::Exception: Syntax", 62)]
    [InlineData("Code: ", 0)]
    [InlineData("Code: 99999999999999. x", 0)]
    [InlineData("something else", 0)]
    public void The_code_is_read_from_an_error(string text, int code) => Assert.Equal(code, ErrorText.CodeOf(text));

    [Theory]
    [InlineData("https://reeve:p%40ss@clickhouse.example:9443/audit", "https://clickhouse.example:9443/", "reeve", "p@ss", "audit")]
    [InlineData("http://clickhouse.example", "http://clickhouse.example:8123/", "default", "", "reeve")]
    [InlineData("https://clickhouse.example/", "https://clickhouse.example:8443/", "default", "", "reeve")]
    [InlineData("http://clickhouse.example:80", "http://clickhouse.example/", "default", "", "reeve")]
    public void A_store_url_is_read(string url, string address, string user, string password, string database)
    {
        Assert.True(StoreEndpoint.TryParse(url, out var endpoint, out _));
        Assert.Equal((address, user, password, database), (endpoint.Address.AbsoluteUri, endpoint.User, endpoint.Password, endpoint.Database));
        Assert.DoesNotContain("p@ss", endpoint.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("clickhouse.example:8123")]
    [InlineData("tcp://clickhouse.example:9000")]
    [InlineData("https://clickhouse.example/a/b")]
    [InlineData("https://clickhouse.example/?user=x")]
    [InlineData("")]
    public void What_is_no_store_url_is_an_error(string url)
    {
        Assert.False(StoreEndpoint.TryParse(url, out _, out var error));
        Assert.Contains("store.url", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, StoreFailure.Unavailable)]
    [InlineData(241, StoreFailure.Overloaded)]
    [InlineData(252, StoreFailure.Overloaded)]
    [InlineData(243, StoreFailure.Overloaded)]
    [InlineData(60, StoreFailure.Unavailable)]
    [InlineData(516, StoreFailure.Unavailable)]
    [InlineData(33, StoreFailure.Refused)]
    [InlineData(53, StoreFailure.Refused)]
    [InlineData(691, StoreFailure.Refused)]
    // LOGICAL_ERROR, a refused key of a remote disk, a code of a version to come: no fault of the rows.
    [InlineData(49, StoreFailure.Overloaded)]
    [InlineData(499, StoreFailure.Overloaded)]
    [InlineData(2999, StoreFailure.Overloaded)]
    public void A_code_says_what_to_do(int code, StoreFailure failure) => Assert.Equal(failure, new ClickHouseException(code, "x").Failure);

    [Fact]
    public void The_header_of_a_block_is_as_long_as_it_was_written()
    {
        Gen.Select(Gen.String[0, 200].Array[0, 40], Gen.Byte.Array[0, 20]).Sample((names, rows) =>
        {
            using var block = new MemoryStream();
            using var writer = new BinaryWriter(block, Encoding.UTF8);
            writer.Write7BitEncodedInt(names.Length);
            foreach (var text in names.Concat(names))
                writer.Write(text);
            var length = (int)block.Length;
            writer.Write(rows);
            return RowBinaryHeader.LengthOf(block.ToArray()) == length;
        });
    }

    [Fact]
    public void Bytes_that_are_no_header_never_throw() =>
        Gen.Byte.Array[0, 100].Sample(bytes => RowBinaryHeader.LengthOf(bytes) <= bytes.Length);

    [Theory]
    [InlineData("INSERT INTO t (a) FORMAT RowBinary", "INSERT INTO t (a)", "RowBinary")]
    [InlineData(" insert into t\nformat RowBinary ;", " insert into t", "RowBinary")]
    public void An_insert_is_split_from_its_format(string sql, string insert, string format)
    {
        Assert.True(StatementText.TrySplitInsert(sql, out var text, out var name));
        Assert.Equal((insert, format), (text, name));
    }

    [Theory]
    [InlineData("SELECT 1 FORMAT JSON")]
    [InlineData("INSERT INTO t VALUES (1)")]
    [InlineData("INSERT INTO t SELECT ' FORMAT x' FROM b")]
    public void Another_statement_is_not_taken_for_an_insert_with_data(string sql) =>
        Assert.False(StatementText.TrySplitInsert(sql, out _, out _));

    [Theory]
    [InlineData("SELECT 1", null)]
    [InlineData("SELECT 1 FORMAT JSONEachRow", "JSONEachRow")]
    [InlineData("SELECT 1\nformat CSV SETTINGS max_threads = 1;", "CSV")]
    [InlineData("SELECT ' FORMAT '", null)]
    public void The_format_of_a_statement_is_found(string sql, string? format) => Assert.Equal(format, StatementText.FormatOf(sql));
}
