using System.Text.Json.Nodes;
using Reeve.Store.ClickHouse;
using Reeve.Store.Query;
using Reeve.Store.Query.Parsing;
using Reeve.Store.Tests.Support;

namespace Reeve.Store.Tests.Query;

public sealed class DerivedQueryTests(DerivedQueryTests.OneExec one) : IClassFixture<DerivedQueryTests.OneExec>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("tool:kubectl", 1)]
    [InlineData("tool:kube*", 1)]
    [InlineData("tool:curl", 0)]
    [InlineData("toolversion:v1.36", 1)]
    [InlineData("command:*bash*", 1)]
    [InlineData("command:\"bash -c id\"", 1)]
    [InlineData("command:*zsh*", 0)]
    [InlineData("command:*", 1)]
    [InlineData("command:\"\"", 0)]
    [InlineData("container:web tty:true -stdin:true", 1)]
    [InlineData("role:cluster-admin", 1)]
    [InlineData("binding:shop/ops subject:ci/deployer", 1)]
    [InlineData("credential:JTI=1f0e7c3a-9d4b-4c9e-8a31-2b7f5d6c8e90", 1)]
    [InlineData("credential:JTI=1f0e7c3a-9d4b-4c9e-8a31-2b7f5d6c8e91", 0)]
    [InlineData("credential:jti=1f0e7c3a-9d4b-4c9e-8a31-2b7f5d6c8e90", 0)]
    [InlineData("credential:*9d4b*", 1)]
    [InlineData("issued:JTI=0b6c2d7e-5a1f-4e8d-b3c9-7f2a1d4e6b85", 1)]
    [InlineData("issued:*", 1)]
    [InlineData("sa:ci/deployer sans:ci", 1)]
    [InlineData("sa:\"\"", 0)]
    [InlineData("pod:runner-1 node:n1", 1)]
    [InlineData("ka.user.name:system:serviceaccount:ci:deployer", 1)]
    [InlineData("user.extra.authentication.kubernetes.io/pod-name:runner-1", 1)]
    public async Task Query_finds_the_event(string query, int found)
    {
        Assert.True(QueryParser.TryParse(query, out var filter, out var error), error?.ToString());
        Assert.Equal(found, (await new EventSearch(one.Client).StatsAsync(new EventQuery(filter, default), null, 1, Cancel)).Total);
    }

    /// <summary>A store with one event in it, an exec with a service account's token.</summary>
    public sealed class OneExec(SharedStores stores) : IAsyncLifetime
    {
        private EventStore? _store;

        internal IClickHouse Client => _store!.Client;

        public async ValueTask InitializeAsync()
        {
            _store = await EventStore.CreateAsync(stores);
            var json = Samples.Json(user: "system:serviceaccount:ci:deployer");
            json["requestURI"] = "/api/v1/namespaces/shop/pods/web-1/exec?command=bash&command=-c&command=id&container=web&tty=true";
            json["user"]!["extra"] = new JsonObject
            {
                ["authentication.kubernetes.io/credential-id"] = new JsonArray("JTI=1f0e7c3a-9d4b-4c9e-8a31-2b7f5d6c8e90"),
                ["authentication.kubernetes.io/node-name"] = new JsonArray("n1"),
                ["authentication.kubernetes.io/pod-name"] = new JsonArray("runner-1"),
            };
            json["annotations"] = new JsonObject
            {
                ["authentication.kubernetes.io/issued-credential-id"] = "JTI=0b6c2d7e-5a1f-4e8d-b3c9-7f2a1d4e6b85",
                ["authorization.k8s.io/reason"] = "RBAC: allowed by RoleBinding \"ops/shop\" of ClusterRole \"cluster-admin\" to ServiceAccount \"deployer/ci\"",
            };
            await _store.InsertAsync(1, [Samples.Of(json.ToJsonString())]);
        }

        public ValueTask DisposeAsync() => _store?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
