using System.Data.Common;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using ClickHouse.Driver;
using ClickHouse.Driver.ADO;
using ClickHouse.Driver.ADO.Parameters;

namespace Reeve.Store.ClickHouse;

/// <summary>
/// The client over ClickHouse's HTTP interface. Inserts are our own bytes; reads go through ClickHouse.Driver on the same connections.
/// Thread-safe; one per process and endpoint.
/// </summary>
public sealed class ClickHouseHttp : IClickHouse, IDisposable
{
    private static readonly TimeSpan ReadGrace = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan KillTimeout = TimeSpan.FromSeconds(5);

    private readonly StoreEndpoint _endpoint;
    private readonly HttpClient _http;
    private readonly ClickHouseClient _driver;
    private readonly TimeProvider _time;
    private readonly TimeSpan _writeTimeout;

    /// <summary>Makes a client; nothing is sent yet.</summary>
    /// <param name="endpoint">Where the store is.</param>
    /// <param name="time">The clock of the deadlines.</param>
    /// <param name="writeTimeout">How long an insert or a statement may take before it counts as unavailable; 5 minutes when null.</param>
    public ClickHouseHttp(StoreEndpoint endpoint, TimeProvider time, TimeSpan? writeTimeout = null)
    {
        _endpoint = endpoint;
        _time = time;
        _writeTimeout = writeTimeout ?? TimeSpan.FromMinutes(5);
        _http = StoreConnections.Create(_endpoint);
        _driver = new ClickHouseClient(new ClickHouseClientSettings
        {
            HttpClient = _http,
            Protocol = _endpoint.Address.Scheme,
            Host = _endpoint.Address.Host,
            Port = (ushort)_endpoint.Address.Port,
            Username = _endpoint.User,
            Password = _endpoint.Password,
            Database = _endpoint.Database,
            UseCompression = false,
            UseSession = false,
        });
    }

    /// <inheritdoc/>
    public async Task CreateDatabaseAsync(CancellationToken cancellationToken) =>
        await PostAsync($"CREATE DATABASE IF NOT EXISTS {SqlText.Identifier(_endpoint.Database)}", "default", [], null, cancellationToken);

    /// <inheritdoc/>
    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken) =>
        await PostAsync(sql, _endpoint.Database, [], null, cancellationToken);

    /// <inheritdoc/>
    public async Task InsertAsync(string table, IReadOnlyList<string> columns, HttpContent rows, string token, CancellationToken cancellationToken)
    {
        var names = string.Join(", ", columns.Select(SqlText.Identifier));
        await PostAsync($"INSERT INTO {table} ({names}) FORMAT RowBinary", _endpoint.Database, InsertSettings(token), rows, cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<T> QueryAsync<T>(
        string sql,
        IReadOnlyDictionary<string, object>? parameters,
        Func<DbDataReader, T> map,
        ReadLimits limits,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var queryId = Guid.NewGuid().ToString();
        using var deadline = new CancellationTokenSource(limits.Time + ReadGrace, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        await using var kill = new QueryKill(this, queryId, either.Token);
        var reader = await ReadAsync(
            kill,
            () => _driver.ExecuteReaderAsync(sql, Values(parameters), Options(queryId, limits), either.Token),
            cancellationToken);
        await using (reader)
        {
            while (await ReadAsync(kill, () => reader.ReadAsync(either.Token), cancellationToken))
            {
                either.Token.ThrowIfCancellationRequested();
                yield return map(reader);
            }

            kill.Disarm();
        }
    }

    /// <inheritdoc/>
    public Task PingAsync(CancellationToken cancellationToken) => AskProcessAsync(cancellationToken);

    /// <summary>Which process of the embedded store answers; null for any other store.</summary>
    internal async Task<int?> AskProcessAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/ping");
        using var response = await SendAsync(request, cancellationToken);
        return response.Headers.TryGetValues(StoreConnections.ProcessHeader, out var values)
            && int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
    }

    /// <summary>Asks the store to stop a query; answers whether it took the request. Never throws.</summary>
    internal async Task<bool> TryKillAsync(string queryId)
    {
        using var deadline = new CancellationTokenSource(KillTimeout, _time);
        try
        {
            await PostAsync($"KILL QUERY WHERE query_id = {SqlText.Quote(queryId)} ASYNC", "default", [], null, deadline.Token);
            return true;
        }
        catch (Exception e) when (e is ClickHouseException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _driver.Dispose();
        _http.Dispose();
    }

    private static IEnumerable<KeyValuePair<string, string>> InsertSettings(string token) =>
    [
        new("async_insert", "0"),
        new("insert_deduplicate", "1"),
        new("insert_deduplication_token", token),
        // A Distributed table would otherwise answer when the rows are queued, and not yet on any shard.
        new("distributed_foreground_insert", "1"),
        // A retry after a failure between table and roll-up must fill the roll-up and not the table.
        new("deduplicate_blocks_in_dependent_materialized_views", "1"),
    ];

    private static ClickHouseParameterCollection Values(IReadOnlyDictionary<string, object>? parameters)
    {
        var values = new ClickHouseParameterCollection();
        foreach (var (name, value) in parameters ?? new Dictionary<string, object>())
            values.Add(new ClickHouseDbParameter { ParameterName = name, Value = value });
        return values;
    }

    private static QueryOptions Options(string queryId, ReadLimits limits) => new()
    {
        QueryId = queryId,
        CustomSettings = new Dictionary<string, object>
        {
            ["max_execution_time"] = Math.Max(1, (long)limits.Time.TotalSeconds),
            ["max_memory_usage"] = limits.MemoryBytes,
            ["max_threads"] = limits.Threads,
            ["priority"] = limits.Priority,
            ["cancel_http_readonly_queries_on_client_close"] = 1,
        },
    };

    private async Task PostAsync(
        string sql,
        string database,
        IEnumerable<KeyValuePair<string, string>> settings,
        HttpContent? data,
        CancellationToken cancellationToken)
    {
        var url = new StringBuilder("/?database=").Append(Uri.EscapeDataString(database));
        foreach (var (name, value) in settings)
            url.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        if (data is not null)
            url.Append("&query=").Append(Uri.EscapeDataString(sql));
        using var request = new HttpRequestMessage(HttpMethod.Post, url.ToString()) { Content = data ?? new StringContent(sql) };
        (await SendAsync(request, cancellationToken)).Dispose();
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Add("X-ClickHouse-User", _endpoint.User);
        if (_endpoint.Password.Length > 0)
            request.Headers.Add("X-ClickHouse-Key", _endpoint.Password);
        using var deadline = new CancellationTokenSource(_writeTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        return await TranslateAsync(
            async () =>
            {
                var response = await _http.SendAsync(request, either.Token);
                if (response.IsSuccessStatusCode && !response.Headers.Contains("X-ClickHouse-Exception-Code"))
                    return response;
                using (response)
                    throw FailureOf(response, await response.Content.ReadAsStringAsync(either.Token));
            },
            cancellationToken);
    }

    private static ClickHouseException FailureOf(HttpResponseMessage response, string text)
    {
        var code = response.Headers.TryGetValues("X-ClickHouse-Exception-Code", out var values)
            && int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : ErrorText.CodeOf(text);
        if (code != 0)
            return new ClickHouseException(code, ErrorText.FirstLine(text));
        var failure = response.StatusCode == HttpStatusCode.RequestEntityTooLarge ? StoreFailure.Refused : StoreFailure.Unavailable;
        return new ClickHouseException($"the store answered HTTP {(int)response.StatusCode}: {ErrorText.FirstLine(text)}", failure);
    }

    private async Task<T> ReadAsync<T>(QueryKill kill, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await TranslateAsync(call, cancellationToken);
        }
        catch (ClickHouseException)
        {
            // The query ended, or there is nobody to ask.
            kill.Disarm();
            throw;
        }
    }

    /// <summary>Turns every way in which HTTP and the driver fail into our exception; only the caller's own cancellation stays one.</summary>
    private async Task<T> TranslateAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (ClickHouseServerException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ClickHouseException(e.ErrorCode, ErrorText.FirstLine(e.Message), e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ClickHouseException($"the store at {_endpoint} did not answer in time", StoreFailure.Unavailable, e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or ObjectDisposedException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ClickHouseException($"the store at {_endpoint} is not reachable: {ErrorText.FirstLine(e.Message)}", StoreFailure.Unavailable, e);
        }
    }
}
