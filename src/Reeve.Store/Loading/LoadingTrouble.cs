using Microsoft.Extensions.Logging;

namespace Reeve.Store.Loading;

/// <summary>Why nothing is stored at the moment; said once when it begins and once when it ends.</summary>
internal sealed partial class LoadingTrouble(ILogger log)
{
    /// <summary>In one line; null where all is well.</summary>
    public string? Reason { get; private set; }

    public void Begin(string reason)
    {
        if (Reason is null)
            Log.Stopped(log, reason);
        Reason = reason;
    }

    public void End()
    {
        if (Reason is not null)
            Log.GoesOn(log);
        Reason = null;
    }

    private static partial class Log
    {
        [LoggerMessage(20, LogLevel.Warning, "The store takes no events at the moment; they are kept in the journal and tried again: {Reason}")]
        public static partial void Stopped(ILogger log, string reason);

        [LoggerMessage(21, LogLevel.Information, "The store takes events again")]
        public static partial void GoesOn(ILogger log);
    }
}
