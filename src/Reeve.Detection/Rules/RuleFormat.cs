namespace Reeve.Detection.Rules;

/// <summary>In whose words a rule is written.</summary>
public enum RuleFormat : byte
{
    /// <summary>Sigma 2.1.</summary>
    Sigma,

    /// <summary>Falco, source <c>k8s_audit</c>.</summary>
    Falco,
}
