using System.Globalization;

namespace Reeve.Server.Setup.Manifests;

/// <summary>What a flag of kube-apiserver must be.</summary>
/// <param name="Name">Without dashes before it.</param>
/// <param name="Value">What it is set to where it is not good as it is.</param>
internal sealed record WantedFlag(string Name, string Value)
{
    /// <summary>Whether a larger number is as good.</summary>
    public bool IsLeast { get; private init; }

    /// <summary>Whether it is left out where it is absent, because the default is good.</summary>
    public bool IsDefault { get; private init; }

    /// <summary>Why it must not be changed where it is there with another value; null where it may.</summary>
    public string? Conflict { get; private init; }

    /// <summary>As one writes it.</summary>
    public string Text => $"--{Name}={Value}";

    /// <summary>The flags of a chain, in the order in which they are added.</summary>
    public static IReadOnlyList<WantedFlag> Of(AuditChain chain) =>
    [
        new("audit-policy-file", chain.PolicyFile),
        .. chain.HasLog ? Log(chain) : [],
        .. chain.WebhookKubeconfig is { } kubeconfig ? Webhook(kubeconfig) : [],
    ];

    /// <summary>Whether a value that is there already may stay.</summary>
    public bool IsMetBy(string? value) => value == Value
        || (IsLeast && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= int.Parse(Value, CultureInfo.InvariantCulture));

    private static WantedFlag Least(string name, int value) => new(name, value.ToString(CultureInfo.InvariantCulture)) { IsLeast = true };

    private static WantedFlag[] Log(AuditChain chain) =>
    [
        new("audit-log-path", chain.LogFile),
        Least("audit-log-maxage", chain.MaxAge),
        Least("audit-log-maxbackup", chain.MaxBackups),
        Least("audit-log-maxsize", chain.MaxSize),
        new("audit-log-format", "json") { IsDefault = true },
    ];

    private static WantedFlag[] Webhook(string kubeconfig) =>
    [
        new("audit-webhook-config-file", kubeconfig)
        {
            Conflict = "kube-apiserver has one webhook, and this one sends elsewhere; take it out, or choose another way than the webhook",
        },
        new("audit-webhook-mode", "batch") { IsDefault = true },
        new("audit-webhook-batch-max-wait", "1s"),
        // Without it, one event that cannot be encoded takes its whole batch with it.
        new("audit-webhook-truncate-enabled", "true"),
    ];
}
