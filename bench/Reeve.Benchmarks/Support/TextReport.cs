using System.Globalization;
using Reeve.Benchmarks.Probe;

namespace Reeve.Benchmarks.Support;

/// <summary>For people: aligned columns.</summary>
internal sealed class TextReport(TextWriter output) : IReportWriter
{
    private static readonly string[] Titles = ["figure", "Reeve", "yardstick", "ratio", "goal", "verdict"];

    private bool _titled;

    public void Write(ProbeResult probe) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"probe: 4 KiB append + fdatasync {probe.SyncMedian.TotalMilliseconds:0.00} ms median, {probe.Sync99.TotalMilliseconds:0.00} ms p99; memcpy {probe.CopyBytesPerSecond / 1e9:0.0} GB/s on one core"));

    public void Write(Report report)
    {
        output.WriteLine();
        if (!_titled)
            Line(Titles, "");
        _titled = true;
        foreach (var figure in report.Figures)
        {
            Line(
                [
                    $"{report.Row}: {figure.Name}", Number(figure.Reeve, figure.Unit), Number(figure.Yardstick, figure.Unit),
                    figure.Goal.Text(figure.Ratio), figure.Goal.ToString(), figure.IsMet ? "ok" : "below",
                ],
                figure.Against);
        }

        foreach (var detail in report.Details)
            output.WriteLine($"    {detail.Name,-52} {Number(detail.Value, detail.Unit),22}");
        output.Flush();
    }

    public void End()
    {
    }

    private void Line(string[] cells, string against) =>
        output.WriteLine($"{cells[0],-40} {cells[1],20} {cells[2],20} {cells[3],9} {cells[4],9}  {cells[5],-8} {against}".TrimEnd());

    private static string Number(double value, string unit) =>
        value.ToString(value >= 1000 ? "#,0" : value >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture) + " " + unit;
}
