using System.Collections.Immutable;
using System.Reflection;
using static Reeve.Audit.Findings.FindingLevel;

namespace Reeve.Server.Doctor;

/// <summary>Everything that the doctor can find.</summary>
internal static class DoctorRemarks
{
    public static DoctorRemark PolicyIndentation { get; } = new("policy-indentation", Critical, "The policy is no YAML or says something else than it looks like: kube-apiserver does not start with it, or records something else.");
    public static DoctorRemark PolicyRefused { get; } = new("policy-refused", Critical, "kube-apiserver does not start with this policy.");
    public static DoctorRemark PolicyWarning { get; } = new("policy-warning", Low, "The policy does not do what it looks like.");
    public static DoctorRemark PolicySecrets { get; } = new("policy-secrets", High, "Who reads the log has the secrets (CIS 3.2.2). Reeve makes fingerprints of them, but they are in the file on the node before.");
    public static DoctorRemark PolicyReads { get; } = new("policy-reads", High, "Listing all secrets, scans of the API, wrong credentials and stolen ones leave no line (CIS 3.2.2).");
    public static DoctorRemark PolicyInteractive { get; } = new("policy-interactive", High, "Who goes into pods leaves no line: kubectl from 1.31 on uses WebSockets, whose verb is get (CIS 3.2.2).");
    public static DoctorRemark PolicyWrites { get; } = new("policy-writes", High, "Changes of workloads or rights leave no line (CIS 3.2.2).");
    public static DoctorRemark PolicyControllers { get; } = new("policy-controllers", Low, "Controllers act as service accounts of kube-system and not as this user: most of the log is theirs, though the rule looks as if it left them out.");
    public static DoctorRemark PolicyDoubles { get; } = new("policy-doubles", Low, "Every read is recorded twice, at RequestReceived and when it is answered: no rule needs the first, and it is nearly half of the events.");
    public static DoctorRemark NoPolicy { get; } = new("no-policy", High, "kube-apiserver records nothing without a policy (CIS 3.2.1).");
    public static DoctorRemark ManifestIndentation { get; } = new("manifest-indentation", Critical, "The manifest is no YAML or says something else than it looks like: kubelet does not start kube-apiserver with it.");
    public static DoctorRemark ManifestRefused { get; } = new("manifest-refused", Critical, "The manifest cannot be read, so that kubelet does not start kube-apiserver with it.");
    public static DoctorRemark NoLog { get; } = new("no-log", High, "kube-apiserver writes no audit log and sends none (CIS 1.2.16).");
    public static DoctorRemark MaxAge { get; } = new("log-maxage", Low, "How long rotated logs stay depends on the version of kube-apiserver, or is shorter than 30 days (CIS 1.2.17).");
    public static DoctorRemark MaxBackup { get; } = new("log-maxbackup", Low, "How many rotated logs stay depends on the version of kube-apiserver, or is less than 10 (CIS 1.2.18).");
    public static DoctorRemark MaxSize { get; } = new("log-maxsize", Low, "At which size the log is rotated depends on the version of kube-apiserver, or is below 100 MB: small logs rotate away before they are read (CIS 1.2.19).");
    public static DoctorRemark PolicyElsewhere { get; } = new("policy-elsewhere", Critical, "kube-apiserver does not find its policy and does not start.");
    public static DoctorRemark PolicyNotMounted { get; } = new("policy-not-mounted", Critical, "The container of kube-apiserver does not see the file that its flag names: it does not start.");
    public static DoctorRemark MountDiffers { get; } = new("mount-differs", High, "The container sees something else than what is on the node, or nothing.");
    public static DoctorRemark LogNotMounted { get; } = new("log-not-mounted", Critical, "The log stays inside the container: nobody reads it, and it is gone with the next restart.");
    public static DoctorRemark LogReadOnly { get; } = new("log-read-only", Critical, "kube-apiserver cannot write its log and does not start.");
    public static DoctorRemark LogMountedAsFile { get; } = new("log-mounted-as-file", High, "Rotation renames the file, which a mount of the file itself hinders: the log stops.");
    public static DoctorRemark WebhookElsewhere { get; } = new("webhook-elsewhere", Critical, "kube-apiserver does not find the kubeconfig of its webhook and does not start.");
    public static DoctorRemark MissingFolder { get; } = new("missing-folder", High, "What is to be read or written there is not.");
    public static DoctorRemark OtherLog { get; } = new("other-log", Critical, "The log that is read is not the one that kube-apiserver writes: no event ever arrives.");
    public static DoctorRemark UnknownDirective { get; } = new("unknown-directive", Medium, "The program passes over it, says so in its own log only, and goes on without.");
    public static DoctorRemark CutsEvents { get; } = new("cuts-events", High, "Every larger event is cut: the end of its body, its time and its annotations are lost.");
    public static DoctorRemark Polls { get; } = new("polls", Medium, "The log is looked at every ten seconds: what rotates away in between is never read.");
    public static DoctorRemark NoQueue { get; } = new("no-queue", High, "What cannot be sent at once is thrown away.");
    public static DoctorRemark NoPosition { get; } = new("no-position", Low, "How far the log was read is forgotten with the program: after a crash it is sent again as a whole, or a part never.");
    public static DoctorRemark Datagrams { get; } = new("datagrams", High, "UDP loses events without a trace and cuts them at the size of a packet.");
    public static DoctorRemark SmallWindow { get; } = new("small-window", Medium, "RELP carries about 650 events a second and no more: rsyslog sends 1,024 at a time, and each filling of a smaller window waits 200 ms in the kernel.");
    public static DoctorRemark Plaintext { get; } = new("plaintext", Informational, "Events travel unencrypted, and nothing proves who sends them: send to a machine you trust the way to, by TLS, or by HTTPS.");
    public static DoctorRemark TokenInClear { get; } = new("token-in-clear", High, "kube-apiserver sends its token over https only: the events arrive without one and are refused.");
    public static DoctorRemark NotVerified { get; } = new("not-verified", High, "Anybody on the way can read the events and the token, and answer in the name of the server.");
    public static DoctorRemark QueryDropped { get; } = new("query-dropped", Medium, "kube-apiserver drops the query of the address: what it says never arrives.");
    public static DoctorRemark KubeconfigRefused { get; } = new("kubeconfig-refused", Critical, "kube-apiserver does not start with this kubeconfig.");
    public static DoctorRemark LiveCut { get; } = new("live-cut", High, "Parts of events are lost on their way.");
    public static DoctorRemark LiveTrouble { get; } = new("live-trouble", High, "Events are lost or do not arrive.");
    public static DoctorRemark LiveSecrets { get; } = new("live-secrets", High, "Secrets were in the log on the node before Reeve made fingerprints of them (CIS 3.2.2).");
    public static DoctorRemark LiveDoubles { get; } = new("live-doubles", Low, "Reads are recorded twice, of which no rule needs the first.");
    public static DoctorRemark LiveNothing { get; } = new("live-nothing", High, "No event has arrived.");

    /// <summary>All of them, by their codes.</summary>
    public static ImmutableArray<DoctorRemark> All { get; } =
    [
        .. typeof(DoctorRemarks).GetProperties(BindingFlags.Public | BindingFlags.Static).Where(property => property.PropertyType == typeof(DoctorRemark))
            .Select(property => (DoctorRemark)property.GetValue(null)!),
    ];
}
