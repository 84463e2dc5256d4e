using System.Net;
using System.Text;
using Reeve.Audit;
using Reeve.Audit.Reading;
using Reeve.Audit.Requests;
using Reeve.Audit.Scrubbing;
using Reeve.Detection;
using Reeve.Detection.Alerts;
using Reeve.Detection.Rules;
using Reeve.Detection.Sigma;

namespace Reeve.Server.Tests.Alerts;

/// <summary>Alerts as the engine raises them: two rules over what people did in a cluster. Not thread-safe.</summary>
internal sealed class RaisedAlerts : IEventSink
{
    private const string Rules =
        """
        title: Secret read
        id: 10000000-0000-0000-0000-000000000001
        level: high
        tags: [attack.t1552.007]
        description: |
            Somebody read a secret,
            whose it was not.

            What to do:
              - Ask them
        falsepositives: [backups]
        logsource: {product: kubernetes, service: audit}
        detection: {read: {objectRef.resource: secrets, verb: get}, condition: read}
        ---
        title: Pod deleted
        id: 10000000-0000-0000-0000-000000000002
        level: low
        logsource: {product: kubernetes, service: audit}
        detection: {gone: {objectRef.resource: pods, verb: delete}, condition: gone}
        """;

    private readonly DetectionEngine _engine = new(RuleLoader.Read([new RuleFile("rules.yml", Rules)], new SigmaOptions()).Rules, new DetectionOptions());
    private readonly EventReader _reader = new(new Scrubber(new ScrubKey(new byte[32])), new EventLimits());
    private readonly HashSet<Alert> _raised = [];
    private string _cluster = "";
    private ulong _sequence;

    /// <summary>Lets somebody read a secret, or delete a pod; the alert of it.</summary>
    public Alert Do(string actor, string verb, string name, DateTimeOffset at, string cluster = "prod", string? auditId = null)
    {
        _cluster = cluster;
        _raised.Clear();
        var resource = verb == "delete" ? "pods" : "secrets";
        var json = $$"""
            {"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Metadata","auditID":"{{auditId ?? Guid.NewGuid().ToString()}}","stage":"ResponseComplete","requestURI":"/api/v1/namespaces/shop/{{resource}}/{{name}}","verb":"{{verb}}","user":{"username":"{{actor}}"},"sourceIPs":["10.0.0.9"],"objectRef":{"resource":"{{resource}}","namespace":"shop","name":"{{name}}","apiVersion":"v1"},"responseStatus":{"code":200},"requestReceivedTimestamp":"{{at:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}}","stageTimestamp":"{{at:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}}"}
            """;
        _reader.Read(Encoding.UTF8.GetBytes(json), this);
        return Assert.Single(_raised);
    }

    /// <inheritdoc/>
    public void Accept(AuditEvent auditEvent) => _engine.Observe(
        auditEvent,
        new EventContext
        {
            Received = DateTime.UnixEpoch,
            Time = auditEvent.StageAt!.Value,
            Day = DateOnly.FromDateTime(auditEvent.StageAt.Value),
            Cluster = _cluster,
            Source = "webhook",
            Ip = IPAddress.Parse("10.0.0.9"),
            RequestKey = EventIdentity.RequestKey(_cluster, auditEvent),
        },
        ++_sequence, "", _raised);
}
