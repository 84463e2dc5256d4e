using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Reeve.Audit;
using Reeve.Audit.Reading;
using Reeve.Audit.Scrubbing;
using Reeve.Journaling;
using Reeve.Server.Pipeline;
using Reeve.Server.Sources;
using Reeve.Server.State;
using Reeve.Server.Telemetry;

namespace Reeve.Server.Tests.Pipeline;

/// <summary>A pipeline on a real journal, into which any number of sources can put events.</summary>
internal sealed class IntakeHarness : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    /// <summary>Opens it.</summary>
    /// <param name="small">Whether the journal has room for 40 KiB only.</param>
    public IntakeHarness(bool small = false)
    {
        var options = new JournalOptions { Folder = _folder["journal"] };
        Journal = Journal.Open(small ? options with { SegmentBytes = 16 << 10, MaxBytes = 40 << 10 } : options);
        State = StateDatabase.Open(_folder["data"]);
        Pipeline = new(
            Journal, new ScrubKey(new byte[32]), DeclaredPaths.None, new EventLimits(), TimeSpan.FromDays(400), new RecentEvents(10_000),
            Senders, Positions, new ReeveMetrics(_services.GetRequiredService<IMeterFactory>()), TimeProvider.System);
    }

    public Journal Journal { get; }

    public EventPipeline Pipeline { get; }

    public StateDatabase State { get; }

    public SenderRegistry Senders { get; } = new(TimeProvider.System);

    public JournalledPositions Positions { get; } = new();

    public SourceIntake Open(string source) => Open(new SourceIdentity(source, "file", "default", "", TrustedProxies.None));

    public SourceIntake Open(SourceIdentity source) => Pipeline.Open(source);

    public static void Add(SourceIntake intake, string auditId, long stream = 0, long end = 0) => intake.Add(
        Encoding.UTF8.GetBytes($$"""{"kind":"Event","auditID":"{{auditId}}","stage":"ResponseComplete","verb":"get"}"""), default, new(stream, end, 1));

    public async ValueTask DisposeAsync()
    {
        await Journal.DisposeAsync();
        State.Dispose();
        await _services.DisposeAsync();
        _folder.Dispose();
    }
}
