namespace Reeve.Detection.Alerts;

/// <summary>What all open alerts keep together. Not thread-safe.</summary>
internal sealed class AlertLoad
{
    /// <summary>How many events.</summary>
    public long Events { get; set; }

    /// <summary>The fields of their values.</summary>
    public FieldNames Names { get; } = new();
}
