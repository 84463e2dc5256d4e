using System.Globalization;

namespace Reeve.Detection.Conditions.Patterns;

/// <summary>
/// Runs an automaton over texts, all of its ways at the same time (Pike's method without captures), and counts the states it
/// visits: with a character, each once at most. Not thread-safe.
/// </summary>
internal sealed class PatternRun
{
    private readonly PatternProgram _program;
    private readonly PatternState[] _states;
    private readonly int[] _stack;
    private readonly int[] _visited;
    private int[] _now;
    private int[] _then;
    private int _round;

    public PatternRun(PatternProgram program)
    {
        _program = program;
        _states = [.. program.States];
        var size = _states.Length;
        // Each visited state pushes two at most.
        (_stack, _visited, _now, _then) = (new int[(2 * size) + 1], new int[size], new int[size], new int[size]);
    }

    /// <summary>The states visited since it was last set.</summary>
    public long Steps { get; set; }

    /// <summary>Whether the pattern is found in a text; null where <see cref="Steps"/> would go beyond <paramref name="mostSteps"/>.</summary>
    public bool? Find(ReadOnlySpan<char> text, long mostSteps)
    {
        var count = 0;
        for (var at = 0; at <= text.Length; at++)
        {
            if (Steps > mostSteps)
                return null;
            if (count == 0 && !TrySkip(text, ref at))
                return false;
            if ((at == 0 || !_program.IsAnchored) && Follow(_program.Start, text, at, _now, ref count))
                return true;
            if (at < text.Length && Advance(text, at, ref count))
                return true;
        }

        return false;
    }

    // To where a match may begin.
    private bool TrySkip(ReadOnlySpan<char> text, ref int at)
    {
        if (at > 0 && _program.IsAnchored)
            return false;
        var found = _program.Others is { } others ? text[at..].IndexOfAnyExcept(others) : 0;
        if (at == 0 || found > 0)
            NextRound();
        at += Math.Max(found, 0);
        return found >= 0;
    }

    private bool Advance(ReadOnlySpan<char> text, int at, ref int count)
    {
        NextRound();
        var after = 0;
        for (var i = 0; i < count; i++)
        {
            var state = _states[_now[i]];
            if (state.Set!.Contains(text[at]) && Follow(state.Next, text, at + 1, _then, ref after))
                return true;
        }

        (_now, _then) = (_then, _now);
        count = after;
        return false;
    }

    // Adds the states that take a character and can be reached without one; true where the pattern is found.
    private bool Follow(int from, ReadOnlySpan<char> text, int at, int[] into, ref int count)
    {
        var open = 0;
        _stack[open++] = from;
        while (open > 0)
        {
            var index = _stack[--open];
            if (_visited[index] == _round)
                continue;
            _visited[index] = _round;
            Steps++;
            var state = _states[index];
            switch (state.Kind)
            {
                case PatternStateKind.Found:
                    return true;
                case PatternStateKind.One:
                    into[count++] = index;
                    break;
                case PatternStateKind.Fork:
                    _stack[open++] = state.Other;
                    _stack[open++] = state.Next;
                    break;
                case PatternStateKind.At when Is(state.Place, text, at):
                    _stack[open++] = state.Next;
                    break;
            }
        }

        return false;
    }

    private void NextRound()
    {
        if (++_round != int.MaxValue)
            return;
        Array.Clear(_visited);
        _round = 1;
    }

    private static bool Is(PatternPlace place, ReadOnlySpan<char> text, int at) => place switch
    {
        PatternPlace.Start => at == 0,
        PatternPlace.LineStart => at == 0 || text[at - 1] == '\n',
        PatternPlace.End => at == text.Length,
        PatternPlace.LastLineEnd => at == text.Length || (at == text.Length - 1 && text[at] == '\n'),
        PatternPlace.LineEnd => at == text.Length || text[at] == '\n',
        PatternPlace.WordBoundary => IsBoundary(text, at),
        PatternPlace.NoWordBoundary => !IsBoundary(text, at),
        _ => throw new ArgumentOutOfRangeException(nameof(place), place, "no such place"),
    };

    private static bool IsBoundary(ReadOnlySpan<char> text, int at) => (at > 0 && IsOfWord(text[at - 1])) != (at < text.Length && IsOfWord(text[at]));

    // As .NET has it: letters, marks without a width, digits and connectors, and the joiners.
    private static bool IsOfWord(char c) => c is '\u200C' or '\u200D' || char.GetUnicodeCategory(c) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation;
}
