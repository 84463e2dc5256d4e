namespace Reeve.Server.Sources.Demo;

/// <summary>The story told once, in the order of its events. Every telling has times and identifiers of its own.</summary>
internal static class Telling
{
    // The apiserver's clock has microseconds.
    private const long Tick = TimeSpan.TicksPerMicrosecond;

    // What one command sends, and what the cluster does at once because of it, stays together.
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(50);

    /// <summary>The story as it lies behind: its last event is <paramref name="end"/>.</summary>
    public static IReadOnlyList<StoryEvent> Past(IReadOnlyDictionary<string, SampleLog> logs, DateTime end, Random random)
    {
        var plan = Plan(logs, end);
        var events = Events(plan, random);
        var late = Round(end) - events[^1].Time;
        return Events([.. plan.Select(scene => scene with { Told = [.. scene.Told.Select(time => time + late)] })], random);
    }

    /// <summary>The story as it lies ahead: the requests follow each other after <paramref name="pause"/>, more or less.</summary>
    public static IReadOnlyList<StoryEvent> Ahead(IReadOnlyDictionary<string, SampleLog> logs, DateTime begin, TimeSpan pause, Random random)
    {
        var plan = Plan(logs, begin);
        var requests = from scene in plan from index in Enumerable.Range(0, scene.Told.Length) orderby scene.Told[index] select (scene, index);
        var next = Round(begin);
        foreach (var (scene, index) in requests.ToList())
        {
            scene.Told[index] = next;
            next += TimeSpan.FromTicks((long)(random.NextDouble() * 2 * pause.Ticks) / Tick * Tick);
        }

        return Events(plan, random);
    }

    private static List<PlannedScene> Plan(IReadOnlyDictionary<string, SampleLog> logs, DateTime end) =>
    [
        .. from chapter in Story.Chapters
           from before in Beginnings(chapter)
           select new PlannedScene(logs[chapter.Log], chapter.Every is not null, Stretch(logs[chapter.Log].Requests, Round(end) - before, chapter.Lasts)),
    ];

    private static IEnumerable<TimeSpan> Beginnings(Chapter chapter)
    {
        for (var before = chapter.Begins; before >= chapter.Lasts || before == chapter.Begins; before -= chapter.Every.Value)
        {
            yield return before;
            if (chapter.Every is null)
                yield break;
        }
    }

    // Pauses are stretched so that the whole takes as long as it shall.
    private static DateTime[] Stretch(IReadOnlyList<DateTime> recorded, DateTime begin, TimeSpan lasts)
    {
        var pauses = recorded.Zip(recorded.Skip(1), (one, next) => next - one).ToList();
        var together = pauses.Where(pause => pause < Together).Sum(pause => pause.Ticks);
        var apart = pauses.Where(pause => pause >= Together).Sum(pause => pause.Ticks);
        var factor = apart == 0 ? 1 : Math.Max(1, (double)(lasts.Ticks - together) / apart);
        var told = new DateTime[recorded.Count];
        told[0] = begin;
        for (var i = 0; i < pauses.Count; i++)
            told[i + 1] = told[i] + (pauses[i] < Together ? pauses[i] : TimeSpan.FromTicks((long)(pauses[i].Ticks * factor) / Tick * Tick));
        return told;
    }

    private static List<StoryEvent> Events(IReadOnlyList<PlannedScene> plan, Random random)
    {
        // What a chapter says of one before it happens when it did there; a chapter that is told again and again stands alone.
        var story = new TimeShift([.. plan.Where(scene => !scene.Again).SelectMany(scene => scene.Requests).OrderBy(request => request.Recorded)]);
        var seed = random.NextInt64();
        return
        [
            .. plan
                .Select(scene => new Scene(scene.Log, scene.Again ? new TimeShift([.. scene.Requests]) : story, scene.Again ? random.NextInt64() : seed))
                .SelectMany(scene => scene.Log.Events.Select(sample => new StoryEvent(scene.TimeOf(sample), scene, sample)))
                .OrderBy(told => told.Time),
        ];
    }

    private static DateTime Round(DateTime time) => time.AddTicks(-(time.Ticks % Tick));

    private sealed record PlannedScene(SampleLog Log, bool Again, DateTime[] Told)
    {
        public IEnumerable<(DateTime Recorded, DateTime Told)> Requests => Log.Requests.Zip(Told);
    }
}
