using System.Diagnostics.CodeAnalysis;
using Reeve.Audit.Fields;
using Reeve.Detection.Fields;

namespace Reeve.Detection.Matching.Slots;

/// <summary>Gives every field that rules ask about a slot, and finds the shortest way to its values. Not thread-safe while it grows.</summary>
internal sealed class SlotTable
{
    private static readonly (string Prefix, JsonPart Part)[] Parts =
    [
        ("requestObject", JsonPart.RequestObject),
        ("responseObject", JsonPart.ResponseObject),
        ("annotations", JsonPart.Annotations),
        ("user.extra", JsonPart.UserExtra),
    ];

    private static readonly string[] Lists = ["user.groups", "impersonatedUser.groups", "sourceIPs"];

    private static readonly string[] Roots =
    [
        "kind", "apiVersion", "level", "auditID", "stage", "requestURI", "verb", "user", "impersonatedUser", "authenticationMetadata", "sourceIPs", "userAgent",
        "objectRef", "responseStatus", "requestObject", "responseObject", "requestReceivedTimestamp", "stageTimestamp", "annotations", "metadata", "timestamp",
    ];

    private readonly Dictionary<Field, Slot> _slots = [];
    private readonly List<Slot> _all = [];

    /// <summary>The slots by their numbers.</summary>
    public IReadOnlyList<Slot> All => _all;

    /// <summary>The slot of a field that was added.</summary>
    public bool TryGet(Field field, [NotNullWhen(true)] out Slot? slot) => _slots.TryGetValue(field, out slot);

    /// <summary>The slot of a field; a new one where none asked for it before.</summary>
    public Slot Add(Field field)
    {
        if (_slots.TryGetValue(field, out var known))
            return known;
        // Those it is made of get their numbers first.
        Slot[] parts = field switch
        {
            Field.Union union => [.. union.Fields.Select(Add)],
            Field.Computed computed => [.. computed.From.Select(Add)],
            _ => [],
        };
        var slot = Describe(new Slot(_all.Count, field, SlotKind.Path) { Parts = parts });
        slot = slot with { Body = BodyOf(slot) };
        _all.Add(slot);
        _slots.Add(field, slot);
        return slot;
    }

    private static JsonPart? BodyOf(Slot slot) => slot.Kind switch
    {
        SlotKind.Path when slot.Part is JsonPart.RequestObject or JsonPart.ResponseObject => slot.Part,
        SlotKind.Union when slot.Parts.Select(part => part.Body).Distinct().ToArray() is [{ } one] => one,
        _ => null,
    };

    private static Slot Describe(Slot slot) => slot.Field switch
    {
        Field.Path path => OfPath(slot, path.Name),
        Field.Pointer pointer => OfPointer(slot, pointer.Text),
        Field.QueryParameter parameter => slot with { Kind = SlotKind.Query, Name = parameter.Name },
        Field.RawTime => slot with { Kind = SlotKind.RawTime },
        Field.Union => slot with { Kind = SlotKind.Union },
        Field.Computed => slot with { Kind = SlotKind.Computed },
        _ => throw new ArgumentOutOfRangeException(nameof(slot), slot.Field, "no such field"),
    };

    private static Slot OfPath(Slot slot, string path)
    {
        if (EventPaths.Texts.TryGetValue(path, out var text))
            return slot with { Kind = SlotKind.Text, Text = text };
        if (path == "responseStatus.code")
            return slot with { Kind = SlotKind.Code };
        if (Lists.Contains(path, StringComparer.Ordinal))
            return slot with { Kind = SlotKind.List, Name = path };
        foreach (var (prefix, part) in Parts)
        {
            if (path == prefix || path.StartsWith(prefix + ".", StringComparison.Ordinal))
                return slot with { Kind = SlotKind.Path, Part = part, Name = path[Math.Min(path.Length, prefix.Length + 1)..] };
        }

        var isOurs = !Roots.Contains(path.Split('.')[0], StringComparer.Ordinal) || path is "user";
        if (isOurs && FieldCatalogue.TryGet(path, out var described) && described.Name == path)
            return described.Path.Length > 0 ? OfPath(slot, Dotted(described.Path)) : slot with { Kind = SlotKind.Catalogue, Name = path };
        return slot with { Kind = SlotKind.Path, Part = JsonPart.Whole, Name = path };
    }

    // annotations["a.b/c"] to annotations.a.b/c
    private static string Dotted(string path) =>
        path.Replace("[\"", ".", StringComparison.Ordinal).Replace("\"]", "", StringComparison.Ordinal);

    private static Slot OfPointer(Slot slot, string pointer)
    {
        var names = JsonPointer.Parse(pointer);
        if (EventPaths.Texts.TryGetValue(string.Join('.', names), out var text))
            return slot with { Kind = SlotKind.Text, Text = text };
        return slot with { Kind = SlotKind.Pointer, Name = pointer };
    }
}
