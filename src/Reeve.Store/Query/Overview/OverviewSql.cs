using System.Globalization;
using Reeve.Store.Query.Sql;

namespace Reeve.Store.Query.Overview;

/// <summary>The statements behind the Overview. Their rows are a part, a bucket, a text and a number; see <see cref="OverviewPart"/>.</summary>
internal sealed class OverviewSql(OverviewSpan span, OverviewRequest request, SqlParameters parameters)
{
    /// <summary>ClickHouse's code (TOO_MANY_ROWS) where there are more groups than allowed.</summary>
    public const int TooManyGroups = 158;

    /// <summary>Rows of a panel.</summary>
    public const int PanelRows = 10;

    /// <summary>Clusters and actors to choose from.</summary>
    public const int Choices = 100;

    // Up to three for a kind of object.
    private const int MostSeries = 60;

    // Where there are too many to group, those that share a slot are added up first; only the fullest slots are looked into.
    private const int Slots = 65_536;
    private const int FullestSlots = 200;

    private const int SecondsOfHour = 3600;

    private static readonly string[] Changes = [OverviewDimension.Created, OverviewDimension.Changed, OverviewDimension.Deleted];

    /// <summary>
    /// The most frequent of every dimension, and how many each has in all. Fails with <see cref="TooManyGroups"/> beyond
    /// <paramref name="mostGroups"/> different texts.
    /// </summary>
    public string Counted(int mostGroups) => Tops(
        $"SELECT counted, sum(requests) AS n FROM {Source(null)} GROUP BY counted "
            + $"SETTINGS max_rows_to_group_by = {mostGroups}, group_by_overflow_mode = 'throw'",
        "arrayPushBack(top, (-toInt64(total), dimension))");

    /// <summary>
    /// The same in little memory, however many texts an attacker invents: what is clearly more frequent than they are is found, and its number
    /// is exact.
    /// </summary>
    public string CountedOfMany()
    {
        const string Dimension = "reinterpretAsUInt32(left(counted, 4))";
        var slot = $"cityHash64(counted) % {Slots}";
        var source = Source(null);
        var fullest = $"SELECT slot FROM (SELECT {Dimension} AS dimension, {slot} AS slot, sum(requests) AS n FROM {source} "
            + $"GROUP BY dimension, slot ORDER BY n DESC, slot LIMIT {FullestSlots} BY dimension)";
        return Tops($"SELECT counted, sum(requests) AS n FROM {source} WHERE {slot} IN ({fullest}) GROUP BY counted", "top")
            + $" UNION ALL SELECT '{OverviewPart.Counted}' AS part, toInt64(0) AS bucket, substringIndex(counted, ':', 1) AS text, "
            + $"sum(requests) AS number FROM {source} GROUP BY text";
    }

    /// <summary>Everything else.</summary>
    public string Rest() => string.Join(" UNION ALL ", CategoryBars(), ChangeBars(), Actors(), Clusters());

    private string Categories => Begins(OverviewDimension.Category + ":");

    private string ByActor => "(" + string.Join(" OR ", Changes.Select(change => Begins(OverviewCounted.Prefix(change, Actor)))) + ")";

    private string Actor => OverviewCounted.Keep(request.ChangesActor);

    // A dimension has no colon, what is counted has one: its total travels as a row among its first.
    private static string Tops(string groups, string rows) =>
        $"SELECT '{OverviewPart.Counted}' AS part, toInt64(0) AS bucket, row.2 AS text, toUInt64(-row.1) AS number FROM ("
        + $"SELECT substringIndex(counted, ':', 1) AS dimension, sum(n) AS total, groupArraySorted({PanelRows})((-toInt64(n), counted)) AS top "
        + $"FROM ({groups}) GROUP BY dimension) ARRAY JOIN {rows} AS row";

    private string Bars(string source) =>
        $"SELECT intDiv(toInt64(toUnixTimestamp(time)), {span.Width}) * {span.Width} AS bucket, counted AS text, sum(requests) AS number "
        + $"FROM {source} GROUP BY bucket, text";

    private string CategoryBars() => $"SELECT '{OverviewPart.Category}' AS part, bucket, text, number FROM ({Bars(Source(Categories, timed: true))})";

    private string ChangeBars() =>
        $"SELECT '{OverviewPart.Change}' AS part, bar.1 AS bucket, text, bar.2 AS number FROM ("
        + $"SELECT text, groupArray((bucket, number)) AS bars FROM ({Bars(Source(ByActor, timed: true))}) "
        + $"GROUP BY text ORDER BY sum(number) DESC, text LIMIT {MostSeries}) ARRAY JOIN bars AS bar";

    private string Actors()
    {
        const string Length = "toUInt32(splitByChar(':', counted)[2])";
        const string Start = "position(counted, ':', position(counted, ':') + 1) + 1";
        var any = "(" + string.Join(" OR ", Changes.Select(change => Begins(change + ":"))) + ")";
        return $"SELECT '{OverviewPart.Actor}' AS part, toInt64(0) AS bucket, substringUTF8(counted, {Start}, {Length}) AS text, sum(requests) AS number "
            + $"FROM {Source(any)} GROUP BY text ORDER BY text = {parameters.Add(Actor)} DESC, number DESC, text LIMIT {Choices + 1}";
    }

    private string Clusters() =>
        $"SELECT '{OverviewPart.Cluster}' AS part, toInt64(0) AS bucket, toString(cluster) AS text, sum(requests) AS number "
        + $"FROM {Source(Categories, everyCluster: true)} GROUP BY text ORDER BY number DESC, text LIMIT {Choices}";

    // Whole hours from the roll-up by hour, the rest by minute; all by minute where bars narrower than an hour are made of it.
    private string Source(string? condition, bool timed = false, bool everyCluster = false)
    {
        var and = (condition is null ? "" : $" AND {condition}")
            + (request.Cluster is null || everyCluster ? "" : $" AND cluster = {parameters.Add(request.Cluster)}");
        var (from, to) = span.Hours;
        if (from >= to || (timed && span.Width % SecondsOfHour != 0))
            return $"(SELECT counted, cluster, minute AS time, requests FROM overview_minute WHERE {Between("minute", span.From, span.To)}{and})";
        return $"(SELECT counted, cluster, hour AS time, requests FROM overview_hour WHERE {Between("hour", from, to)}{and} UNION ALL "
            + "SELECT counted, cluster, minute AS time, requests FROM overview_minute "
            + $"WHERE (({Between("minute", span.From, from)}) OR ({Between("minute", to, span.To)})){and})";
    }

    private string Begins(string prefix) => $"startsWith(counted, {parameters.Add(prefix)})";

    private string Between(string column, DateTime from, DateTime to) => $"{column} >= {Second(from)} AND {column} < {Second(to)}";

    private static string Second(DateTime time) =>
        string.Create(CultureInfo.InvariantCulture, $"toDateTime({(time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond}, 'UTC')");
}

/// <summary>What a row of the statement is about.</summary>
internal static class OverviewPart
{
    /// <summary>The number of a text of the roll-up, or of a whole dimension.</summary>
    public const string Counted = "counted";

    /// <summary>The number of a category in a bucket.</summary>
    public const string Category = "category";

    /// <summary>The number of the actor's changes of one kind in a bucket.</summary>
    public const string Change = "change";

    /// <summary>The number of an actor's changes.</summary>
    public const string Actor = "actor";

    /// <summary>The number of a cluster's requests.</summary>
    public const string Cluster = "cluster";
}
