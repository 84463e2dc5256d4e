using System.Globalization;
using Reeve.Audit.Policy;
using Reeve.Audit.Policy.Traffic;
using Reeve.Store.Query.Sql;

namespace Reeve.Store.Query.Traffic;

/// <summary>The statements behind <see cref="TrafficSearch"/>. What they add up is what <see cref="TrafficCounter"/> does; a test compares them.</summary>
internal sealed class TrafficSql(TrafficRequest request, SqlParameters parameters)
{
    private const string Path = "if(resource = '', substringIndex(uri, '?', 1), '')";

    // Of what is created the event has the name from the body, which comes after the policy was asked.
    private const string Name = "if(verb = 'create' AND subresource = '', '', name)";

    /// <summary>How much lies in each hour, or in each minute of a short time; whole minutes from the roll-up.</summary>
    public string Slots(bool isByHour)
    {
        var conditions = Conditions("minute");
        conditions.Add("category NOT IN ('', 'other-log')");
        return $"SELECT toInt64(toUnixTimestamp({Slot("minute", isByHour)})) AS slot, toInt64(sum(events)), toInt64(sum(bytes)) FROM events_minute "
            + $"WHERE {string.Join(" AND ", conditions)} GROUP BY slot";
    }

    /// <summary>The events, added up, those together that no policy tells apart.</summary>
    /// <param name="sample">The slots to read.</param>
    /// <param name="isByHour">Whether these are hours.</param>
    /// <param name="isApart">Whether paths and names are told apart: then it fails with TOO_MANY_ROWS beyond the most rows; otherwise what is new beyond is left out.</param>
    /// <param name="mostRows">The most rows.</param>
    public string Rows(TrafficSample sample, bool isByHour, bool isApart, int mostRows)
    {
        var conditions = Conditions("time");
        if (sample.Slots is { } slots)
            conditions.Add($"{Slot("time", isByHour)} IN ({string.Join(", ", slots.Select(slot => string.Create(CultureInfo.InvariantCulture, $"toDateTime({slot}, 'UTC')")))})");
        conditions.Add($"auditlevel IN ({Texts(Enum.GetNames<AuditLevel>())})");
        conditions.Add($"stage IN ({Texts(AuditStages.All.Each().Select(stage => stage.ToString()))})");
        var (path, name) = (isApart ? Path : "''", isApart && request.HasNames ? Name : "''");
        return $"SELECT user, groups, verb, ns, api_group, resource, subresource, {name} AS object, {path} AS path, auditlevel, stage, "
            + $"toInt64(count()), toInt64(sum(length(raw))), toInt64(sum(toInt64({Request}))), toInt64(sum(toInt64({Response}))), toInt64(sum(toInt64({Managed}))), toInt64(max(length(raw))), min(time), max(time) "
            + $"FROM events WHERE {string.Join(" AND ", conditions)} "
            + "GROUP BY user, groups, verb, ns, api_group, resource, subresource, object, path, auditlevel, stage "
            + $"SETTINGS max_rows_to_group_by = {mostRows}, group_by_overflow_mode = '{(isApart ? "throw" : "any")}'";
    }

    // The apiserver writes requestObject, responseObject and requestReceivedTimestamp in this order: a member is as long as they are apart.
    // What others wrote in another order is read as JSON.
    private static string Request =>
        "multiIf(position(raw, '\"requestObject\"') = 0, 0, "
        + $"{At("request")} > 0 AND {AtResponse} > 0, {AtResponse} - {At("request")}, "
        + $"{At("request")} > 0 AND {AtReceived} > {At("request")}, {AtReceived} - {At("request")}, {Parsed("requestObject")})";

    private static string Response =>
        "multiIf(position(raw, '\"responseObject\"') = 0, 0, "
        + $"{AtResponse} > 0 AND {AtReceived} > {AtResponse}, {AtReceived} - {AtResponse}, {Parsed("responseObject")})";

    // In lists of managed fields no other list is likely.
    private const string Managed = "if(position(raw, '\"managedFields\":[') = 0, 0, arraySum(found -> length(found) + 1, extractAll(raw, '\"managedFields\":\\\\[[^\\\\]]*\\\\]')))";

    private static string AtResponse => $"position(raw, ',\"responseObject\":', toUInt64(greatest({At("request")}, 1)))";

    private static string AtReceived => $"position(raw, ',\"requestReceivedTimestamp\":\"', toUInt64(greatest({At("request")}, {At("response")}, 1)))";

    private static string At(string body) => $"position(raw, ',\"{body}Object\":')";

    // With its name, a colon and a comma.
    private static string Parsed(string member) => $"if(JSONHas(raw, '{member}'), length(JSONExtractRaw(raw, '{member}')) + {member.Length + 4}, 0)";

    private static string Slot(string column, bool isByHour) => isByHour ? $"toStartOfHour({column})" : $"toStartOfMinute({column})";

    private static string Texts(IEnumerable<string> texts) => string.Join(", ", texts.Select(text => $"'{text}'"));

    private List<string> Conditions(string time)
    {
        var conditions = EventSql.InRange(time == "time" ? request.Range : WholeMinutes(request.Range), parameters).Select(condition => condition.Replace("time ", $"{time} ", StringComparison.Ordinal)).ToList();
        if (request.Cluster is { } cluster)
            conditions.Add($"cluster = {parameters.Add(cluster)}");
        return conditions.Count > 0 ? conditions : ["true"];
    }

    // The minute in which it begins counts.
    private static TimeRange WholeMinutes(TimeRange range) =>
        range with { From = range.From is { } from ? from.AddTicks(-(from.Ticks % TimeSpan.TicksPerMinute)) : null };
}
