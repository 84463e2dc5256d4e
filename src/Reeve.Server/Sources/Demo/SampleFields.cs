using System.Collections.Frozen;
using System.Text.Json;

namespace Reeve.Server.Sources.Demo;

/// <summary>Finds the times and identifiers of an event that are told anew. Everything else stays byte for byte.</summary>
internal static class SampleFields
{
    /// <summary>An identifier in the usual form of a UUID (RFC 9562 §4), as Kubernetes writes every one.</summary>
    public const int IdentifierLength = 36;

    private static readonly FrozenSet<string> Identifiers = FrozenSet.Create(
        StringComparer.Ordinal, "auditID", "uid", "controller-uid", "batch.kubernetes.io/controller-uid");

    private static readonly FrozenSet<string> Times = FrozenSet.Create(
        StringComparer.Ordinal,
        "requestReceivedTimestamp", "stageTimestamp", "creationTimestamp", "deletionTimestamp", "time", "lastTransitionTime",
        "lastUpdateTime", "lastProbeTime", "lastHeartbeatTime", "renewTime", "acquireTime", "firstTimestamp", "lastTimestamp",
        "deprecatedFirstTimestamp", "deprecatedLastTimestamp", "eventTime", "startTime", "startedAt", "finishedAt",
        "completionTime", "lastScheduleTime", "lastSuccessfulTime", "timeAdded", "expirationTimestamp",
        "kubectl.kubernetes.io/restartedAt", "endpoints.kubernetes.io/last-change-trigger-time", "kubernetes.io/config.seen");

    // Who somebody is stays the same however often the story is told.
    private static readonly FrozenSet<string> People = FrozenSet.Create(StringComparer.Ordinal, "user", "impersonatedUser");

    /// <summary>The fields of <paramref name="line"/> in their order.</summary>
    /// <exception cref="JsonException">The line is no JSON.</exception>
    /// <exception cref="InvalidOperationException">A name in it is no UTF-8.</exception>
    public static IReadOnlyList<SampleField> Find(ReadOnlySpan<byte> line)
    {
        var found = new List<SampleField>();
        var reader = new Utf8JsonReader(line);
        var name = "";
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                name = reader.GetString()!;
                if (reader.CurrentDepth == 1 && People.Contains(name))
                    reader.Skip();
            }
            else if (reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped)
            {
                Add(found, name, reader.ValueSpan, (int)reader.TokenStartIndex + 1);
            }
        }

        return found;
    }

    private static void Add(List<SampleField> found, string name, ReadOnlySpan<byte> value, int offset)
    {
        if (Identifiers.Contains(name) && IsIdentifier(value))
            found.Add(new(offset, value.Length, null));
        else if (Times.Contains(name) && TimeText.TryParse(value, out var time))
            found.Add(new(offset, value.Length, time));
    }

    private static bool IsIdentifier(ReadOnlySpan<byte> value) =>
        value.Length == IdentifierLength && Guid.TryParse(value, out _);
}
