using System.Text;

namespace Reeve.Audit;

/// <summary>One row of the category table: it applies if everything it names is true of the event.</summary>
/// <param name="Category">The category it gives.</param>
/// <param name="Reason">What it says in words, as the end of "because …".</param>
internal sealed record CategoryRule(Category Category, string Reason)
{
    /// <summary>The response's code; 0 means any.</summary>
    public int Code { get; init; }

    /// <summary>Whether the event must be a write.</summary>
    public bool Write { get; init; }

    /// <summary>The authorizer's decision, empty for none at all; null means any.</summary>
    public string? Decision { get; init; }

    /// <summary>API groups, blanks between them.</summary>
    public string Groups { init => _groups = Split(value); }

    /// <summary>Resources, blanks between them.</summary>
    public string Resources { init => _resources = Split(value); }

    /// <summary>Subresources, blanks between them.</summary>
    public string Subresources { init => _subresources = Split(value); }

    /// <summary>A subresource the rule leaves out.</summary>
    public string ExceptSubresource { get; init; } = "";

    /// <summary>What the columns above cannot say.</summary>
    public Func<AuditEvent, bool>? Also { get; init; }

    private readonly byte[][] _groups = [];
    private readonly byte[][] _resources = [];
    private readonly byte[][] _subresources = [];

    public bool AppliesTo(AuditEvent auditEvent, bool isWrite) =>
        (Code == 0 || auditEvent.Code == Code)
        && (!Write || isWrite)
        && IsAny(_resources, auditEvent[EventField.Resource])
        && IsAny(_subresources, auditEvent[EventField.Subresource])
        && IsAny(_groups, auditEvent[EventField.ApiGroup])
        && (Decision is null || Is(Decision, auditEvent[EventField.Decision]))
        && (ExceptSubresource.Length == 0 || !Is(ExceptSubresource, auditEvent[EventField.Subresource]))
        && (Also is null || Also(auditEvent));

    private static bool IsAny(byte[][] values, ReadOnlySpan<byte> value)
    {
        if (values.Length == 0)
            return true;
        foreach (var candidate in values)
        {
            if (value.SequenceEqual(candidate))
                return true;
        }

        return false;
    }

    private static bool Is(string text, ReadOnlySpan<byte> value) =>
        value.Length == text.Length && Ascii.Equals(value, text);

    private static byte[][] Split(string values) => [.. values.Split(' ').Select(Encoding.UTF8.GetBytes)];
}
