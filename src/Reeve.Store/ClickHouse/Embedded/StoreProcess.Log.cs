using Microsoft.Extensions.Logging;

namespace Reeve.Store.ClickHouse.Embedded;

/// <content>What the supervisor logs.</content>
public sealed partial class StoreProcess
{
    [LoggerMessage(Level = LogLevel.Information, Message = "The embedded store answers (process {ProcessId})")]
    private partial void LogReady(int processId);

    [LoggerMessage(Level = LogLevel.Information, Message = "The embedded store (process {ProcessId}) ended with exit code {ExitCode}")]
    private partial void LogEnded(int processId, int exitCode);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The embedded store is started again in {Delay}; events are kept in the journal meanwhile")]
    private partial void LogRestarting(TimeSpan delay);

    [LoggerMessage(Level = LogLevel.Error, Message = "The embedded store answers no more and is killed")]
    private partial void LogHangs();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Process {ProcessId}, the store of a server that is gone, still held {Folder} and was killed")]
    private partial void LogStaleKilled(int processId, string folder);

    [LoggerMessage(Level = LogLevel.Error, Message = "The embedded store cannot be started from {File}: {Reason}")]
    private partial void LogCannotStart(string file, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Embedded store: {Line}")]
    private partial void LogLine(string line);
}
