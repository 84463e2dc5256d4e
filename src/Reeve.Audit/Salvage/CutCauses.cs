using System.Collections.Frozen;

namespace Reeve.Audit.Salvage;

/// <summary>
/// What is known to cut audit events, by what it leaves behind: a size, an ending, a mark. One table for every source;
/// the first row that fits counts.
/// </summary>
public static class CutCauses
{
    private const string RaiseRsyslog = "Put `$MaxMessageSize 2m` first in its configuration and restart it.";

    private static readonly CutCause Rsyslog = new("rsyslog-max-message-size", "rsyslog's $MaxMessageSize", RaiseRsyslog);

    private static readonly CutCause Syslog = new(
        "syslog-message-size", "rsyslog's $MaxMessageSize or syslog-ng's log-msg-size()",
        "In rsyslog put `$MaxMessageSize 2m` first in the configuration, in syslog-ng set `log-msg-size(2097152)`, and restart it.");

    private static readonly CutCause Runtime = new(
        "container-runtime-line", "The container runtime splits lines at 16,384 bytes",
        "Let the shipper join them: in Fluent Bit `multiline.parser cri` or `docker`; or let the apiserver write a file instead of stdout.");

    private static readonly Row[] Rows =
    [
        new(new("apiserver-truncation", "The apiserver's `--audit-log-truncate-max-event-size` or `--audit-webhook-truncate-max-event-size` took the bodies away",
            "Raise it (in bytes, 102,400 unless set), or record these resources at level Metadata.")) { Integrity = Integrity.TruncatedByApiserver },
        new(new("limits-event", "It is larger than what Reeve keeps of one event, one body or one packed record",
            "Raise `limits.event` in reeve.yaml; four times as much is unpacked of a record.")) { Integrity = Integrity.TruncatedByReeve },
        new(new("split-by-relay", "A relay split the event, and this is a later piece", RaiseRsyslog)) { Integrity = Integrity.Fragment, IsFrame = true },
        new(new("eks-control-plane", "The control-plane logging of EKS cut it before it reached CloudWatch",
            "EKS has no setting for it. Smaller objects stay whole; look up what was in a large one in the cluster.")) { Ending = "[Truncated...]" },
        new(Rsyslog) { Frame = 8_096 },
        new(Syslog) { Frame = 8_192 },
        new(Syslog) { Frame = 16_384 },
        new(Syslog) { Frame = 32_768 },
        new(Syslog) { Frame = 65_535 },
        new(Syslog) { Frame = 65_536 },
        new(Syslog) { Frame = 131_072 },
        new(new("aks-diagnostics", "The diagnostic settings of AKS cut `properties.log` at 16 KiB",
            "Azure has no setting for it. Smaller objects stay whole; look up what was in a large one in the cluster.")) { Content = 16_384, Form = "aks" },
        new(new("azure-diagnostics-column", "The table AzureDiagnostics cuts a column at 32,766 bytes",
            "Choose resource-specific tables (AKSAudit) in the diagnostic setting, or export to an Event Hub.")) { Content = 32_766, Form = "aks" },
        new(new("keyword-length", "An index takes no value of more than 32,766 bytes",
            "In Elasticsearch or OpenSearch, map the field as `text` or not indexed; or export from before the index.")) { Content = 32_766 },
        new(Runtime) { Content = 16_384 },
        new(new("splunk-truncate", "Splunk's `TRUNCATE` cuts at 10,000 bytes", "Set `TRUNCATE = 0` for the source type in props.conf.")) { Content = 10_000 },
        new(new("splunk-connect", "Splunk Connect for Kubernetes splits at 8,192 bytes", "Raise its buffer, or join the pieces in its configuration.")) { Content = 8_192 },
        new(Rsyslog) { Content = 8_096 },
        new(new("loki-line-size", "Loki's `max_line_size` cuts at 256 KB", "Raise `limits_config.max_line_size`.")) { Content = 262_144 },
    ];

    private static readonly FrozenDictionary<string, CutCause> ByCode =
        Rows.Select(row => row.Cause).Distinct().ToFrozenDictionary(cause => cause.Code);

    /// <summary>The cause of a code; null for one that no version of this table has.</summary>
    public static CutCause? Find(string code) => ByCode.GetValueOrDefault(code);

    /// <summary>The setting that is likely to have cut a syslog frame of this size, in bytes with its header; null where none is known.</summary>
    public static CutCause? OfFrame(long frameBytes) => Array.Find(Rows, row => row.Frame > 0 && row.Frame == frameBytes)?.Cause;

    internal static CutCause? Of(CutSignature signature)
    {
        foreach (var row in Rows)
        {
            if (row.Fits(signature))
                return row.Cause;
        }

        return null;
    }

    private sealed record Row(CutCause Cause)
    {
        public Integrity Integrity { get; init; } = Integrity.TruncatedBySender;

        public long Frame { get; init; }

        /// <summary>Whether only syslog frames are meant: a file's line that its writer finished late has no cause.</summary>
        public bool IsFrame { get; init; }

        public long Content { get; init; }

        public string Form { get; init; } = "";

        public string Ending { get; init; } = "";

        public bool Fits(CutSignature signature) =>
            signature.Integrity == Integrity
            && (!IsFrame || signature.FrameBytes > 0)
            && (Frame == 0 || Frame == signature.FrameBytes)
            && (Content == 0 || signature.ContentEndsAt(Content))
            && signature.Form.StartsWith(Form, StringComparison.Ordinal)
            && (Ending.Length == 0 || signature.EndsWith(Ending));
    }
}
