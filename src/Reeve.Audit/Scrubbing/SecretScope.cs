namespace Reeve.Audit.Scrubbing;

/// <summary>Which values inside an object are secrets.</summary>
[Flags]
internal enum SecretScope : byte
{
    None = 0,

    /// <summary>The object is a Secret, holds Secrets or changes one: <c>data</c> and <c>stringData</c> are secrets.</summary>
    Secret = 1,

    /// <summary>The object is a TokenRequest or TokenReview: <c>token</c> is a secret.</summary>
    Token = 2,

    /// <summary>The object's values themselves are secrets.</summary>
    Payload = 4,

    /// <summary>The object holds labels or annotations: the names of its texts are the user's own words.</summary>
    Labels = 8,

    /// <summary>The object stands in a request's or answer's body.</summary>
    Body = 16,

    /// <summary>The object is a JSON Patch operation on a secret value.</summary>
    Operation = 32,

    /// <summary>The object is an environment variable whose name says secret: <c>value</c> is one.</summary>
    Environment = 64,

    /// <summary>The object names an access key of a cloud: a text of the form of its other half is a secret.</summary>
    CloudKey = 128,

    /// <summary>What an object passes on to the objects in it.</summary>
    Inherited = Secret | Token | Body,

    /// <summary>Either kind of object that bears secrets.</summary>
    Bearing = Secret | Token | Payload | Operation,
}
