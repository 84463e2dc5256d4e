using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Reeve.Server.Telemetry;

/// <summary>One JSON object a line on stderr; stdout belongs to what a command promises to print.</summary>
internal static class ReeveLogging
{
    public static ILoggingBuilder AddReeveLogging(this ILoggingBuilder logging)
    {
        logging.SetMinimumLevel(LogLevel.Information);
        // Requests are counted, not logged one by one; what goes wrong in them still is.
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("System", LogLevel.Warning);
        // It warns at the first start that the keys are not encrypted; what protects them is their folder's mode.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // A line for every request without a session or role, of apiservers' too: whoever refuses one says what is worth saying.
        logging.AddFilter("Reeve.Server.Security.ReeveAuthentication", LogLevel.Warning);
        logging.AddJsonConsole(options =>
        {
            options.UseUtcTimestamp = true;
            options.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
        });
        logging.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        return logging;
    }
}
