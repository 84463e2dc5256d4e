namespace Reeve.Server.Configuration;

/// <summary>A password or key of the configuration; writing it out shows that there is one, not what it is.</summary>
/// <param name="value">The secret.</param>
public readonly struct Secret(string? value) : IEquatable<Secret>
{
    /// <summary>The secret itself; empty when none is set.</summary>
    public string Reveal() => value ?? "";

    /// <inheritdoc/>
    public override string ToString() => string.IsNullOrEmpty(value) ? "" : "***";

    /// <inheritdoc/>
    public bool Equals(Secret other) => string.Equals(Reveal(), other.Reveal(), StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Secret other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Reveal().GetHashCode(StringComparison.Ordinal);

    /// <summary>Compares the secrets.</summary>
    public static bool operator ==(Secret left, Secret right) => left.Equals(right);

    /// <summary>Compares the secrets.</summary>
    public static bool operator !=(Secret left, Secret right) => !left.Equals(right);
}
