namespace Reeve.Server.Security;

/// <summary>What a person or token may do; viewer, analyst and admin each may do what those before it may.</summary>
public enum Role
{
    /// <summary>Search and read.</summary>
    Viewer,

    /// <summary>Also judge: save searches, close incidents.</summary>
    Analyst,

    /// <summary>Also manage people, tokens and settings.</summary>
    Admin,

    /// <summary>Send the events of one cluster, and nothing else. For tokens only.</summary>
    Source,
}

/// <summary>Names of roles as they stand in the database, in claims and in the API, and as authorization policies.</summary>
internal static class Roles
{
    public const string Viewer = "viewer";
    public const string Analyst = "analyst";
    public const string Admin = "admin";
    public const string Source = "source";

    public static string Name(this Role role) => role switch
    {
        Role.Viewer => Viewer,
        Role.Analyst => Analyst,
        Role.Admin => Admin,
        Role.Source => Source,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "not a role"),
    };

    public static bool TryParse(string? name, out Role role)
    {
        role = name switch
        {
            Analyst => Role.Analyst,
            Admin => Role.Admin,
            Source => Role.Source,
            _ => Role.Viewer,
        };
        return name is Viewer or Analyst or Admin or Source;
    }

    public static Role Parse(string name) =>
        TryParse(name, out var role) ? role : throw new InvalidDataException($"'{name}' is not a role");
}
