namespace Reeve.Audit.Reading.Envelopes;

/// <summary>Tells other logs that travel with audit events from audit events that were damaged.</summary>
internal static class OtherLogs
{
    /// <summary>Whether bytes without a readable event are another log, judging by what they came in.</summary>
    public static bool Is(ReadOnlySpan<byte> content, Wrapping wrapping) => wrapping.Stream switch
    {
        StreamKind.Other => true,
        StreamKind.Audit => false,
        _ => wrapping.Form.Length > 0 && content.IndexOf("audit.k8s.io"u8) < 0 && content.IndexOf("auditID"u8) < 0,
    };
}
