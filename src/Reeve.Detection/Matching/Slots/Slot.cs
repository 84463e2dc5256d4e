using Reeve.Audit;
using Reeve.Detection.Fields;

namespace Reeve.Detection.Matching.Slots;

/// <summary>A field that some rule asks about, with the way to its values in an audit event. Immutable.</summary>
/// <param name="Index">Its number.</param>
/// <param name="Field">The field.</param>
/// <param name="Kind">Where its values come from.</param>
internal sealed record Slot(int Index, Field Field, SlotKind Kind)
{
    /// <summary>Of <see cref="SlotKind.Text"/>, which.</summary>
    public EventField Text { get; init; }

    /// <summary>Of <see cref="SlotKind.Path"/> and <see cref="SlotKind.Pointer"/>, in which part.</summary>
    public JsonPart Part { get; init; }

    /// <summary>The path or pointer within the part, the list's path, the parameter or the name in the catalogue.</summary>
    public string Name { get; init; } = "";

    /// <summary>Of <see cref="SlotKind.Union"/> and <see cref="SlotKind.Computed"/>, the slots it takes its values from.</summary>
    public Slot[] Parts { get; init; } = [];

    /// <summary>The body of the request or of its answer that alone has its values; null where they stand elsewhere, or in both.</summary>
    public JsonPart? Body { get; init; }

    /// <summary>Whether what rules say of its value is remembered from event to event.</summary>
    public bool IsRecurring => Kind == SlotKind.Code || (Kind == SlotKind.Text && EventPaths.Recurring.Contains(Text));
}
