namespace Reeve.Audit.Callers;

/// <summary>
/// Keys that authenticators put into <c>user.extra</c> about a caller, and the annotation that meets one of them: the
/// <see cref="CredentialId"/> of a request equals the <see cref="IssuedCredentialId"/> of the request that issued the token.
/// </summary>
public static class ExtraKeys
{
    /// <summary><c>JTI=UUID</c> of a bound service account token, <c>X509SHA256=HEX</c> of a client certificate.</summary>
    public const string CredentialId = "authentication.kubernetes.io/credential-id";

    /// <summary>Annotation, not extra: the credential id of the token that the request issued.</summary>
    public const string IssuedCredentialId = "authentication.kubernetes.io/issued-credential-id";

    /// <summary>The pod that the token is bound to.</summary>
    public const string PodName = "authentication.kubernetes.io/pod-name";

    /// <summary>The uid of that pod.</summary>
    public const string PodUid = "authentication.kubernetes.io/pod-uid";

    /// <summary>The node that the pod runs on.</summary>
    public const string NodeName = "authentication.kubernetes.io/node-name";

    /// <summary>The uid of that node.</summary>
    public const string NodeUid = "authentication.kubernetes.io/node-uid";

    /// <summary>EKS: the IAM principal, with the session of an assumed role.</summary>
    public const string Arn = "arn";

    /// <summary>EKS: the name that the assumed role's session was given, often a person's.</summary>
    public const string SessionName = "sessionName";

    /// <summary>EKS: the id of the AWS access key, no secret.</summary>
    public const string AccessKeyId = "accessKeyId";

    /// <summary>AKS: the object id of the Entra principal.</summary>
    public const string ObjectId = "oid";

    /// <summary>GKE: who the identity provider says it is.</summary>
    public const string GkeUserAssertion = "user-assertion.cloud.google.com";

    /// <summary>GKE: the same, of older versions.</summary>
    public const string GkeIamUserAssertion = "iam.gke.io/user-assertion";
}
