namespace Reeve.Benchmarks.Support;

/// <summary>Reeve beside its yardstick.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Reeve">Reeve's figure.</param>
/// <param name="Yardstick">The yardstick's figure in the same run.</param>
/// <param name="Unit">The unit of both.</param>
/// <param name="Against">What the yardstick is.</param>
/// <param name="Goal">The bound on Reeve ÷ yardstick.</param>
internal sealed record Figure(string Name, double Reeve, double Yardstick, string Unit, string Against, Goal Goal)
{
    public double Ratio => Reeve / Yardstick;

    public bool IsMet => Goal.IsMet(Ratio);
}

/// <summary>A number that explains a figure and is judged by no goal.</summary>
internal sealed record Detail(string Name, double Value, string Unit);

/// <summary>What one row measured.</summary>
internal sealed class Report(string row)
{
    public string Row { get; } = row;

    public List<Figure> Figures { get; } = [];

    public List<Detail> Details { get; } = [];

    public void Add(Figure figure) => Figures.Add(figure);

    public void Add(string name, double value, string unit) => Details.Add(new Detail(name, value, unit));
}

/// <summary>Prints what a run measured, as soon as it is measured.</summary>
internal interface IReportWriter
{
    void Write(Probe.ProbeResult probe);

    void Write(Report report);

    /// <summary>The run is over.</summary>
    void End();
}
