namespace Reeve.Server.Sources.Demo;

/// <summary>A part of the story.</summary>
/// <param name="Log">The sample log it is told from.</param>
/// <param name="Begins">How long before the story's end.</param>
/// <param name="Lasts">How long it takes; the pauses between its commands are stretched to that.</param>
/// <param name="Every">Told again after this time, to the end; null for once.</param>
internal sealed record Chapter(string Log, TimeSpan Begins, TimeSpan Lasts, TimeSpan? Every = null);

/// <summary>
/// What happens in the samples within a day, in the order it was recorded: an ordinary day and night of a small cluster, then an attack
/// in its last hours. <c>samples/README.md</c> tells it to people.
/// </summary>
internal static class Story
{
    public static IReadOnlyList<Chapter> Chapters { get; } =
    [
        Again("cluster-alone", begins: 24.0, minutes: 60, everyHours: 1),
        Again("argocd-monitoring", begins: 21.0, minutes: 25, everyHours: 4),
        Once("admin-day", begins: 23.5, minutes: 75),
        Once("developers", begins: 21.5, minutes: 90),
        Once("long-watch", begins: 18.5, minutes: 20),
        Once("node-maintenance", begins: 16.0, minutes: 45),
        Once("anonymous-probes", begins: 7.5, minutes: 25),
        Once("bad-credentials", begins: 6.75, minutes: 20),
        Once("list-all-secrets", begins: 6.0, minutes: 10),
        Once("privileged-pod", begins: 5.5, minutes: 15),
        Once("hostpath-pod", begins: 5.0, minutes: 10),
        Once("pod-security-denied", begins: 4.6, minutes: 15),
        Once("exec", begins: 4.2, minutes: 20),
        Once("copy-and-logs", begins: 3.7, minutes: 15),
        Once("bind-cluster-admin", begins: 3.3, minutes: 12),
        Once("bind-anonymous", begins: 2.9, minutes: 15),
        Once("impersonation", begins: 2.5, minutes: 12),
        Once("webhook-backdoor", begins: 2.1, minutes: 20),
        Once("cronjob", begins: 1.6, minutes: 10),
        Once("ephemeral-container", begins: 1.2, minutes: 12),
        Once("delete-namespace", begins: 0.8, minutes: 15),
        Once("node-port", begins: 0.45, minutes: 10),
        Once("what-may-i-do", begins: 0.2, minutes: 10),
    ];

    private static Chapter Once(string log, double begins, double minutes) =>
        new(log, TimeSpan.FromHours(begins), TimeSpan.FromMinutes(minutes));

    private static Chapter Again(string log, double begins, double minutes, double everyHours) =>
        Once(log, begins, minutes) with { Every = TimeSpan.FromHours(everyHours) };
}
