namespace Reeve.Audit.Reading.Envelopes;

/// <summary>Every envelope that is known. The first that matches is opened, so the narrow ones stand before the wide.</summary>
internal static class EnvelopeTable
{
    private static readonly IEnvelope[] All =
    [
        new GzipContent(),
        new Base64Content(),
        new JsonArray(),
        new JsonString(),
        new LegacyLine(),
        new PrefixedLine(),
        new CloudWatchSubscription(),
        new CloudWatchEvents(),
        new AwsRecords(),
        new PubSubMessage(),
        new GkeLogEntry(),
        new AksRecords(),
        new AksRecord(),
        new AksAuditRow(),
        new OtlpLogs(),
        new ElasticAudit(),
        new ShipperRecord(),
    ];

    /// <summary>The envelope of a record; null where there is none.</summary>
    public static IEnvelope? Find(WrappedRecord record)
    {
        foreach (var envelope in All)
        {
            if (envelope.Matches(record))
                return envelope;
        }

        return null;
    }
}
