using System.Threading;

namespace Reeve.Audit.Scrubbing;

/// <summary>
/// What <see cref="SecretNames"/> says of a name. The same few hundred names stand in every event of a cluster, so the
/// last ones are remembered: at most <see cref="Slots"/>, the one before makes room for the next. Thread-safe without locks: a
/// verdict never changes, and one that is lost is judged again.
/// </summary>
internal sealed class NameVerdict
{
    private const int Slots = 2048;
    private const int LongestRemembered = 48;

    private static readonly NameVerdict?[] Remembered = new NameVerdict?[Slots];

    private readonly byte[] _name;

    private NameVerdict(ReadOnlySpan<byte> name)
    {
        _name = name.ToArray();
        IsVariable = SecretNames.JudgeVariable(name);
        IsMember = SecretNames.JudgeMember(name);
    }

    public bool IsVariable { get; }

    public bool IsMember { get; }

    /// <summary>The verdict on a name.</summary>
    public static NameVerdict Of(ReadOnlySpan<byte> name)
    {
        if (name.Length > LongestRemembered)
            return new(name);
        ref var slot = ref Remembered[Hash(name) % Slots];
        if (Volatile.Read(ref slot) is { } known && name.SequenceEqual(known._name))
            return known;
        var verdict = new NameVerdict(name);
        Volatile.Write(ref slot, verdict);
        return verdict;
    }

    // FNV-1a: who chooses names to collide only has them judged again.
    private static uint Hash(ReadOnlySpan<byte> name)
    {
        var hash = 2166136261;
        foreach (var b in name)
            hash = (hash ^ b) * 16777619;
        return hash;
    }
}
