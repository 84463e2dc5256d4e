using System.Text.Json;
using System.Text.Json.Nodes;
using Reeve.Benchmarks.Probe;

namespace Reeve.Benchmarks.Support;

/// <summary>For programs: one JSON object, <c>{"probe":{},"figures":[],"details":[]}</c>.</summary>
internal sealed class JsonReport(TextWriter output) : IReportWriter
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly JsonArray _figures = [];
    private readonly JsonArray _details = [];
    private JsonObject _probe = [];

    public void Write(ProbeResult probe) => _probe = new JsonObject
    {
        ["syncMedianMs"] = probe.SyncMedian.TotalMilliseconds,
        ["syncP99Ms"] = probe.Sync99.TotalMilliseconds,
        ["copyBytesPerSecond"] = probe.CopyBytesPerSecond,
    };

    public void Write(Report report)
    {
        foreach (var figure in report.Figures)
        {
            _figures.Add((JsonNode)new JsonObject
            {
                ["row"] = report.Row,
                ["figure"] = figure.Name,
                ["unit"] = figure.Unit,
                ["reeve"] = figure.Reeve,
                ["yardstick"] = figure.Yardstick,
                ["against"] = figure.Against,
                ["ratio"] = figure.Ratio,
                ["goal"] = figure.Goal.Bound,
                ["atLeast"] = figure.Goal.AtLeast,
                ["met"] = figure.IsMet,
            });
        }

        foreach (var detail in report.Details)
        {
            _details.Add((JsonNode)new JsonObject
            {
                ["row"] = report.Row, ["detail"] = detail.Name, ["value"] = detail.Value, ["unit"] = detail.Unit,
            });
        }
    }

    public void End() => output.WriteLine(
        new JsonObject { ["probe"] = _probe, ["figures"] = _figures, ["details"] = _details }.ToJsonString(Indented));
}
