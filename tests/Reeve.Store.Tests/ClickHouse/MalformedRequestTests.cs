using System.Net.Sockets;
using System.Text;
using CsCheck;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Reeve.Store.ClickHouse;
using Reeve.Store.ClickHouse.Embedded;
using Reeve.Store.Tests.Support;

namespace Reeve.Store.Tests.ClickHouse;

/// <summary>Nothing that is sent to the socket ends the store.</summary>
public sealed class MalformedRequestTests(SharedStores stores)
{
    private static readonly Gen<string> Piece = Gen.OneOf(
        OneOf("query", "param_", "param_p", "max_threads", "database", "default_format", "query_id", "async_insert", "log_comment", "SET"),
        OneOf("SELECT 1", "SELECT {p:UInt8}", "INSERT INTO t FORMAT RowBinary", "KILL QUERY WHERE query_id = 'x'", "USE system", "'", "\\", "`", "%00", "%", "1e999", "DEFAULT"),
        Gen.Char.Array[0, 12].Select(c => new string(c)));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_store_survives_any_bytes_on_its_socket()
    {
        var store = await stores.EmbeddedAsync();
        var bytes = Gen.OneOf(
            Gen.Byte.Array[0, 300],
            OneOf(
                "GET / HTTP/1.1\r\n\r\n",
                "POST /?query=INSERT%20INTO%20t%20FORMAT%20RowBinary HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\nabc",
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffff\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                "DELETE /a/../../etc HTTP/9.9\r\nHost: x\r\n\r\n").Select(Encoding.ASCII.GetBytes));

        await bytes.SampleAsync(request => SendAsync(store.Socket, request), iter: 200, threads: 1);

        Assert.Equal(1, await store.Client.OneAsync<byte>("SELECT 1"));
        Assert.False(store.Child.HasExited);
    }

    [Fact]
    public async Task The_store_survives_any_parameters_and_the_next_query_is_untouched_by_them()
    {
        var store = await stores.EmbeddedAsync();
        using var http = StoreConnections.Create(StoreEndpoint.FromSocket(store.Socket));

        await Gen.Select(Piece, Piece).Array[0, 5].SampleAsync(
            async pairs =>
            {
                var url = "/?" + string.Join('&', pairs.Select(p => $"{Escape(p.Item1)}={Escape(p.Item2)}"));
                using var response = await http.PostAsync(url, new StringContent("SELECT 1"), Token);
                Assert.InRange((int)response.StatusCode, 200, 503);
            },
            iter: 300,
            threads: 1);

        Assert.Equal([1, 1, 1, 1, 1, 1], await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => store.Client.OneAsync<byte>("SELECT 1"))));
    }

    [Theory]
    [InlineData("max-threads", 115)]
    [InlineData("no_such_setting", 115)]
    [InlineData("max_threads) --", 115)]
    public async Task A_setting_that_is_none_is_refused(string name, int code)
    {
        using var http = StoreConnections.Create(StoreEndpoint.FromSocket((await stores.EmbeddedAsync()).Socket));

        using var response = await http.PostAsync($"/?{Escape(name)}=1", new StringContent("SELECT 1"), Token);

        Assert.Equal([code.ToString()], response.Headers.GetValues("X-ClickHouse-Exception-Code"));
    }

    [Fact]
    public async Task A_statement_that_is_too_long_or_no_text_is_refused()
    {
        using var http = StoreConnections.Create(StoreEndpoint.FromSocket((await stores.EmbeddedAsync()).Socket));
        byte[][] bodies = [[.. "SELECT '"u8, 0xff, 0xfe, (byte)'\''], Encoding.ASCII.GetBytes("SELECT " + new string('1', QueryRequest.MaxSqlLength))];

        foreach (var body in bodies)
        {
            using var response = await http.PostAsync("/", new ByteArrayContent(body), Token);
            Assert.Equal(400, (int)response.StatusCode);
        }
    }

    [Fact]
    public void Reading_a_URL_never_throws_and_keeps_names_apart_from_values()
    {
        Gen.Select(Piece, Piece).Array[0, 8].Sample(pairs =>
        {
            var url = "?" + string.Join('&', pairs.Select(p => $"{Escape(p.Item1)}={Escape(p.Item2)}"));
            var query = new QueryCollection(QueryHelpers.ParseNullableQuery(url) ?? []);
            if (!QueryRequest.TryRead(query, out var request, out var error))
                return ErrorText.CodeOf(error) > 0;
            return request.Settings.Concat(request.Parameters).All(s => s.Key.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'));
        });
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static string Escape(string text) => Uri.EscapeDataString(new string([.. text.Where(c => !char.IsSurrogate(c))]));

    private static async Task SendAsync(string path, byte[] request)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), Token);
        try
        {
            await socket.SendAsync(request, Token);
            socket.Shutdown(SocketShutdown.Send);
            while (await socket.ReceiveAsync(new byte[4096], Token) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // The store may hang up in the middle of a request that is none.
        }
    }
}
