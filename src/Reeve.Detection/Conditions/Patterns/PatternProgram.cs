using System.Buffers;

namespace Reeve.Detection.Conditions.Patterns;

/// <summary>
/// A pattern as an automaton of bounded size (Thompson's construction, what is counted written out): with each character of a
/// text, every state is visited once at most. Immutable and thread-safe; <see cref="PatternRun"/> runs it.
/// </summary>
internal sealed class PatternProgram
{
    /// <summary>The most states.</summary>
    public const int MostStates = 5000;

    // What is empty has no states, and can still be counted a thousand times a thousand times.
    private const int MostParts = 100_000;

    private readonly List<PatternState> _states = [];
    private int _parts;

    private PatternProgram(PatternNode pattern)
    {
        Add(new PatternState(PatternStateKind.Found));
        Start = Emit(pattern, 0);
        (IsAnchored, Others) = Beginnings();
    }

    /// <summary>The states; the first one is that of a match.</summary>
    public IReadOnlyList<PatternState> States => _states;

    /// <summary>Where a match begins.</summary>
    public int Start { get; }

    /// <summary>Whether a match begins nowhere but where the text does.</summary>
    public bool IsAnchored { get; }

    /// <summary>ASCII characters with which no match begins; null where one may begin with any, or be empty.</summary>
    public SearchValues<char>? Others { get; }

    /// <summary>Makes it.</summary>
    /// <exception cref="PatternException">It has too many states.</exception>
    public static PatternProgram Of(PatternNode pattern) => new(pattern);

    private static PatternException TooLarge => new($"the pattern stands for more than {MostStates} states where what it counts is written out");

    private int Add(PatternState state)
    {
        if (_states.Count == MostStates)
            throw TooLarge;
        _states.Add(state);
        return _states.Count - 1;
    }

    // The state with which the node begins, if "next" comes after it.
    private int Emit(PatternNode node, int next) => ++_parts > MostParts ? throw TooLarge : node switch
    {
        PatternNode.One one => Add(new PatternState(PatternStateKind.One, next, Set: one.Set)),
        PatternNode.At at => Add(new PatternState(PatternStateKind.At, next, Place: at.Place)),
        PatternNode.Row row => row.Parts.Reverse().Aggregate(next, (after, part) => Emit(part, after)),
        PatternNode.Either either => either.Parts[..^1].Reverse().Aggregate(Emit(either.Parts[^1], next), (other, part) => Fork(Emit(part, next), other)),
        PatternNode.Repeat repeat => Emit(repeat, next),
        _ => throw new ArgumentOutOfRangeException(nameof(node), node, "no such node"),
    };

    private int Emit(PatternNode.Repeat repeat, int next)
    {
        var begin = next;
        if (repeat.Most is { } most)
        {
            for (var count = repeat.Least; count < most; count++)
                begin = Fork(Emit(repeat.Inner, begin), next);
        }
        else
        {
            begin = Fork(0, next);
            _states[begin] = _states[begin] with { Next = Emit(repeat.Inner, begin) };
        }

        for (var count = 0; count < repeat.Least; count++)
            begin = Emit(repeat.Inner, begin);
        return begin;
    }

    private int Fork(int one, int other) => Add(new PatternState(PatternStateKind.Fork, one, other));

    private (bool IsAnchored, SearchValues<char>? Others) Beginnings()
    {
        var seen = new HashSet<int>();
        var (isAnchored, isOpen) = (true, false);
        var sets = new HashSet<CharacterSet>();
        var open = new Stack<(int State, bool AtStart)>([(Start, false)]);
        while (open.TryPop(out var at))
        {
            // Twice at most: from behind the beginning of the text, and from elsewhere.
            if (!seen.Add(at.AtStart ? ~at.State : at.State))
                continue;
            var state = _states[at.State];
            var atStart = at.AtStart || state is { Kind: PatternStateKind.At, Place: PatternPlace.Start };
            if (state.Kind is PatternStateKind.One or PatternStateKind.Found)
                isAnchored &= at.AtStart;
            if (state.Kind == PatternStateKind.One)
                sets.Add(state.Set!);
            else if (state.Kind == PatternStateKind.Found)
                isOpen = true;
            else
                open.Push((state.Next, atStart));
            if (state.Kind == PatternStateKind.Fork)
                open.Push((state.Other, atStart));
        }

        var others = Enumerable.Range(0, 128).Select(c => (char)c).Where(c => !sets.Any(set => set.Contains(c))).ToArray();
        return (isAnchored, isOpen || others.Length == 0 ? null : SearchValues.Create(others));
    }
}

/// <summary>A state of an automaton.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Next">The state after it.</param>
/// <param name="Other">Of <see cref="PatternStateKind.Fork"/>, the other state after it.</param>
/// <param name="Set">Of <see cref="PatternStateKind.One"/>, the characters.</param>
/// <param name="Place">Of <see cref="PatternStateKind.At"/>, where.</param>
internal sealed record PatternState(PatternStateKind Kind, int Next = 0, int Other = 0, CharacterSet? Set = null, PatternPlace Place = default);

/// <summary>What a state does.</summary>
internal enum PatternStateKind : byte
{
    /// <summary>The pattern is found.</summary>
    Found,

    /// <summary>Takes a character.</summary>
    One,

    /// <summary>Goes two ways.</summary>
    Fork,

    /// <summary>Goes on at a certain place only.</summary>
    At,
}
