using Reeve.Detection.Conditions.Patterns;

namespace Reeve.Detection.Matching.Tests;

/// <summary>
/// Runs the patterns of a session, each for so many steps with an event, and no longer: a text that sets off many states at once
/// can be as long as an event may be. The bound counts states, not time, so that live and replay agree. Not thread-safe.
/// </summary>
internal sealed class PatternRuns(long mostSteps)
{
    private readonly Dictionary<PatternProgram, PatternRun> _runs = [];

    /// <summary>How often a pattern was not looked for to the end of a value, and so counted as not found.</summary>
    public long Unfinished { get; private set; }

    /// <summary>Begins a new event.</summary>
    public void Begin()
    {
        foreach (var run in _runs.Values)
            run.Steps = 0;
    }

    /// <summary>Whether a pattern is found in a text of the event; false where its steps are used up before.</summary>
    public bool Find(PatternProgram program, ReadOnlySpan<char> text)
    {
        if (!_runs.TryGetValue(program, out var run))
            _runs.Add(program, run = new PatternRun(program));
        var found = run.Find(text, mostSteps);
        if (found is null)
            Unfinished++;
        return found == true;
    }
}
