using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Reeve.Server.Security;
using Reeve.Server.State;

namespace Reeve.Server.Tests.Security;

public sealed class TokenStoreTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Tokens_of_an_older_data_folder_are_still_valid()
    {
        using var folder = new TemporaryFolder();
        var secret = TokenStore.Prefix + SecretToken.Create();
        using (var older = StateDatabase.Open(folder["data"], [.. StateMigration.All().Take(2)]))
        {
            older.Write(connection => connection.Execute(
                "INSERT INTO api_token (id, hash, name, role, created, created_by) VALUES ('t1', $hash, 'grafana', 'viewer', 7, 'alice')",
                ("$hash", SecretToken.Hash(secret))));
        }

        using var state = StateDatabase.Open(folder["data"]);

        var token = new TokenStore(state, _time).Find(secret);
        Assert.Equal(new ApiToken("t1", "grafana", Role.Viewer, DateTimeOffset.FromUnixTimeMilliseconds(7), "alice", null, null), token);
    }

    [Fact]
    public void Token_made_by_another_process_is_known_at_once()
    {
        using var folder = new TemporaryFolder();
        using var server = StateDatabase.Open(folder["data"]);
        var tokens = new TokenStore(server, _time);
        string secret;
        using (var command = StateDatabase.Open(folder["data"]))
            secret = new TokenStore(command, _time).Create("apiserver", Role.Source, "command line", expires: null, "prod").Secret;

        Assert.Equal("prod", tokens.Find(secret)?.Cluster);
        Assert.True(tokens.HasSource("prod"));
        Assert.False(tokens.HasSource("dev"));
    }

    [Theory]
    [InlineData(Role.Source, null)]
    [InlineData(Role.Source, "a/b")]
    [InlineData(Role.Viewer, "prod")]
    public void Role_and_cluster_must_fit(Role role, string? cluster)
    {
        using var folder = new TemporaryFolder();
        using var state = StateDatabase.Open(folder["data"]);

        Assert.Throws<ArgumentException>(() => new TokenStore(state, _time).Create("a", role, "test", expires: null, cluster));
    }

    [Fact]
    public void The_database_itself_refuses_a_source_without_a_cluster()
    {
        using var folder = new TemporaryFolder();
        using var state = StateDatabase.Open(folder["data"]);

        Assert.Throws<SqliteException>(() => state.Write(connection => connection.Execute(
            "INSERT INTO api_token (id, hash, name, role, created, created_by) VALUES ('t1', x'00', 'a', 'source', 7, 'alice')")));
    }
}
