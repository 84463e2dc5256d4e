using System.Text;
using Reeve.Audit;
using Reeve.Detection.Fields;
using Reeve.Detection.Matching.Nodes;
using Reeve.Detection.Matching.Programs;
using Reeve.Detection.Matching.Slots;
using Reeve.Detection.Matching.Tests;

namespace Reeve.Detection.Matching;

/// <summary>
/// Asks a <see cref="Matcher"/>'s conditions about one event after the other. Does not allocate in the steady state. Not
/// thread-safe.
/// </summary>
public sealed class MatchSession : IFieldValues
{
    /// <summary>The most steps of a regular expression with one event: about a second of one core.</summary>
    public const long MostPatternSteps = 100_000_000;

    private const int KeptChars = 1 << 18;

    private readonly Matcher _matcher;
    private readonly SlotReader _slots;
    private readonly ProgramCache _programs;
    private readonly MatchProgram _all;
    private readonly int[] _answers;
    private readonly List<int> _matched = [];
    private readonly Explanation _explanation;
    private readonly Dictionary<Field, Slot> _slotsByReference = new(ReferenceEqualityComparer.Instance);
    private char[] _chars = new char[1024];
    private int _event;

    internal MatchSession(Matcher matcher)
    {
        _matcher = matcher;
        _slots = new SlotReader(matcher.Slots);
        _programs = new ProgramCache(matcher.Rules, matcher.Predicates);
        _all = new MatchProgram(matcher.Rules.Select((node, rule) => (rule, node)));
        _answers = new int[matcher.Predicates.Count];
        _explanation = new Explanation(this);
    }

    /// <summary>
    /// The positions of the conditions that match an audit event, in their order; valid until the next call. The event must
    /// stay as it is as long as its values are read. Of a field that the reader reads into <see cref="EventField"/> an empty text is
    /// no value, as the apiserver writes none.
    /// </summary>
    /// <param name="auditEvent">The event.</param>
    /// <param name="context">What the pipeline knows beside it; without it, fields like <c>cluster</c> and <c>ip</c> are absent.</param>
    /// <param name="finding">What was found about it: the field <c>finding</c>; nothing where it is empty.</param>
    public IReadOnlyList<int> Match(AuditEvent auditEvent, EventContext? context, string finding = "")
    {
        ArgumentNullException.ThrowIfNull(auditEvent);
        _slots.Begin(auditEvent, context, finding);
        Begin();
        _programs.For(this).Run(this, _matched);
        return _matched;
    }

    /// <summary>The same of any JSON object.</summary>
    public IReadOnlyList<int> Match(ReadOnlyMemory<byte> json)
    {
        _slots.Begin(json);
        Begin();
        _all.Run(this, _matched);
        return _matched;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The matcher was not told of the field.</exception>
    public void Read(Field field, ICollection<string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (var text in Texts(SlotOf(field)))
            values.Add(text);
    }

    /// <summary>What in the session's event made a condition match: the fields it asks for, with the values that passed.</summary>
    public IReadOnlyList<MatchedValue> Explain(int condition) =>
        [.. Found(condition).Select(found => new MatchedValue(found.Slot.Field, Encoding.UTF8.GetString(Value(found.Slot, found.Index))))];

    /// <summary>
    /// How often a regular expression took more than <see cref="MostPatternSteps"/> with an event, so that the rest of its values was
    /// not looked at.
    /// </summary>
    public long UnfinishedPatterns => Patterns.Unfinished;

    internal PatternRuns Patterns { get; } = new(MostPatternSteps);

    /// <summary>The same, where they stand; valid until the next call.</summary>
    internal IReadOnlyList<(Slot Slot, int Index)> Found(int condition) => _explanation.Of(_matcher.Rules[condition]);

    /// <summary>The slot of a field.</summary>
    /// <exception cref="ArgumentException">The matcher was not told of the field.</exception>
    internal Slot SlotOf(Field field) =>
        _slotsByReference.TryGetValue(field, out var slot) ? slot
        : _matcher.Slots.TryGet(field, out slot) ? _slotsByReference[field] = slot
        : throw new ArgumentException($"the field {field} was not made ready to be read", nameof(field));

    internal bool Ask(Predicate predicate)
    {
        // Twice the event's number, and one more where it holds.
        ref var answer = ref _answers[predicate.Index];
        if (answer >> 1 != _event)
            answer = (_event << 1) | (predicate.Holds(this) ? 1 : 0);
        return (answer & 1) != 0;
    }

    internal int Count(Slot slot) => _slots.Count(slot);

    internal ReadOnlySpan<byte> Value(Slot slot, int index) => _slots.Value(slot, index);

    internal bool IsThere(Slot slot) => _slots.IsThere(slot);

    internal bool Has(JsonPart part) => _slots.Has(part);

    internal IEnumerable<string> Texts(Slot slot)
    {
        var count = Count(slot);
        for (var index = 0; index < count; index++)
            yield return Encoding.UTF8.GetString(Value(slot, index));
    }

    /// <summary>A value as characters, until the next call.</summary>
    internal ReadOnlySpan<char> Decode(ReadOnlySpan<byte> value)
    {
        if (_chars.Length < value.Length || (_chars.Length > KeptChars && value.Length < KeptChars))
            _chars = new char[Math.Max(1024, value.Length)];
        return _chars.AsSpan(0, Encoding.UTF8.GetChars(value, _chars));
    }

    internal bool AnyScalar(BytesTest test) => _slots.AnyScalar(test, this);

    private void Begin()
    {
        // Thirty bits of events: then the answers of a thousand million events ago would count.
        if (++_event >= 1 << 30)
        {
            Array.Clear(_answers);
            _event = 1;
        }

        _matched.Clear();
        Patterns.Begin();
    }
}
