using Reeve.Detection.Alerts;

namespace Reeve.Scanning;

/// <summary>A way to print the alerts of a scan.</summary>
internal interface IScanFormat
{
    /// <summary>Prints them.</summary>
    /// <param name="alerts">The alerts, by their first events.</param>
    /// <param name="scan">What was read.</param>
    /// <param name="output">Where to.</param>
    void Write(IReadOnlyList<Alert> alerts, LogScan scan, TextWriter output);
}
