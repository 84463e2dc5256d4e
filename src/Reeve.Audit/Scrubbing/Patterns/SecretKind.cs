namespace Reeve.Audit.Scrubbing.Patterns;

/// <summary>What a secret is; a set says what an event held outside its proper place.</summary>
[Flags]
internal enum SecretKind : ushort
{
    None = 0,

    /// <summary>Data of a Secret that stands in another object's text.</summary>
    SecretObject = 1,
    JsonWebToken = 2,
    PrivateKey = 4,

    /// <summary>What follows Bearer or Basic.</summary>
    Authorization = 8,

    /// <summary>The password of a URL.</summary>
    UrlPassword = 16,
    BootstrapToken = 32,
    CloudKey = 64,
    RegistryCredential = 128,

    /// <summary>The value of an environment variable whose name says secret.</summary>
    Environment = 256,

    /// <summary>The value of a member, parameter or assignment whose name says secret.</summary>
    NamedValue = 512,

    /// <summary>An argument of a command.</summary>
    CommandArgument = 1024,

    /// <summary>A value at a path the user declared.</summary>
    DeclaredPath = 2048,
}
