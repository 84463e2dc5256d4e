using System.Diagnostics.Metrics;
using System.Globalization;
using Reeve.Server.Telemetry;

namespace Reeve.Server.Sources.Webhook;

/// <summary>Counters of requests, beside those of events. The cluster is empty where no valid token said it. Thread-safe.</summary>
internal sealed class WebhookMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _requests;
    private readonly Counter<long> _repeated;

    public WebhookMetrics(IMeterFactory meters, BytesInFlight room)
    {
        _meter = meters.Create(ReeveMetrics.MeterName);
        _requests = _meter.CreateCounter<long>("reeve.webhook.requests", unit: null, "Requests to the webhook, by the status of the answer.");
        _repeated = _meter.CreateCounter<long>("reeve.webhook.repeated", unit: null, "Requests whose body was there already, byte for byte.");
        _meter.CreateObservableGauge("reeve.webhook.inflight.bytes", () => room.Taken, unit: null, "Memory of the bodies that are not answered yet.");
    }

    /// <summary>Counts an answer.</summary>
    public void Answered(string cluster, int status) =>
        _requests.Add(1, new("cluster", cluster), new("status", status.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Counts a body that came again.</summary>
    public void Repeated(string cluster) => _repeated.Add(1, new KeyValuePair<string, object?>("cluster", cluster));

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
