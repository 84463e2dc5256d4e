namespace Reeve.Server.Telemetry;

/// <summary>One thing that must work before the server is ready: registered as a service, asked by <c>/readyz</c>.</summary>
public interface IReadinessCheck
{
    /// <summary>A noun, such as <c>journal</c>.</summary>
    string Name { get; }

    /// <summary>Looks now; bounded by a few seconds through <paramref name="cancellationToken"/>. A throw counts as not ready.</summary>
    ValueTask<Readiness> CheckAsync(CancellationToken cancellationToken);
}

/// <summary>What a check found.</summary>
/// <param name="Ready">Whether it works.</param>
/// <param name="Message">What is the case, one line.</param>
/// <param name="Action">What to do about it; null when it works or only time helps.</param>
public sealed record Readiness(bool Ready, string Message, string? Action = null);

/// <summary>A check in the answer of <c>/readyz</c>.</summary>
/// <param name="Name">What was checked.</param>
/// <param name="Ready">Whether it works.</param>
/// <param name="Message">What is the case.</param>
/// <param name="Action">What to do about it.</param>
public sealed record ReadinessReport(string Name, bool Ready, string Message, string? Action);
