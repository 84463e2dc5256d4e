using System.Globalization;
using Reeve.Audit;
using Reeve.Audit.Policy.Traffic;
using Reeve.Audit.Reading;
using Reeve.Commands;
using Reeve.Scanning;

namespace Reeve.Policies;

/// <summary>Adds up the events of logs as audit policies tell them apart. Not thread-safe.</summary>
internal sealed class TrafficScan : IEventSink
{
    private readonly TrafficCounter _counter;
    private long _events;

    private TrafficScan(bool hasNames) => _counter = new TrafficCounter(hasNames);

    /// <summary>Reads logs to their end; what cannot be counted, and why, goes to stderr.</summary>
    /// <param name="paths">Files, folders and - for standard input.</param>
    /// <param name="hasNames">Whether objects of different names are counted apart.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="CommandFailedException">There is no such file, or no event in any.</exception>
    public static RecordedTraffic Read(IReadOnlyCollection<string> paths, bool hasNames, CancellationToken ct)
    {
        var scan = new TrafficScan(hasNames);
        using var reading = new LogReading(scan);
        LogFiles.Find(paths).TryReadAll(reading, () => scan._events, () => "", ct);
        if (scan._counter.Passed > 0)
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{scan._counter.Passed:N0} records without a level or a stage were not counted"));
        if (scan._counter.Together > 0)
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{scan._counter.Together:N0} records were counted without their paths and names, of which there are too many: rules that name some are told too low"));
        var traffic = scan._counter.Count();
        return traffic.Events > 0 ? traffic : throw new CommandFailedException(ExitCode.Failed, $"{string.Join(", ", paths)}: there is no audit event with a level and a stage");
    }

    /// <inheritdoc/>
    public void Accept(AuditEvent auditEvent)
    {
        _events++;
        _counter.Add(auditEvent);
    }
}
