using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Reeve.Store.Query;
using Reeve.Store.Query.Parsing;

namespace Reeve.Server.Api;

/// <summary>Which events a request is about: the parameters that search and statistics share.</summary>
internal class EventParameters
{
    /// <summary>The filter.</summary>
    [Description("A filter such as 'user:kubernetes-admin verb:delete'; left out or empty, every event.")]
    public string? Q { get; init; }

    /// <summary>The first time.</summary>
    [Description("The first time: RFC 3339, a time before now such as -1h or -7d, or now. Left out: no bound.")]
    public string? From { get; init; }

    /// <summary>The time after the last.</summary>
    [Description("The time after the last, written like 'from'. Left out: no bound.")]
    public string? To { get; init; }

    /// <summary>Requests or events.</summary>
    [Description("'requests' (default): one row a request. 'events': every stored stage and unreadable record.")]
    public string? View { get; init; }

    /// <summary>Reads the parameters.</summary>
    /// <param name="now">The time of the request.</param>
    /// <param name="query">What to ask the store.</param>
    /// <param name="problem">What is wrong, where the answer is false.</param>
    public bool TryRead(DateTimeOffset now, out EventQuery query, out IResult? problem)
    {
        query = new EventQuery(Filter: null, default);
        problem = null;
        if (!QueryParser.TryParse(Q ?? "", out var filter, out var error))
            problem = StoreProblems.Filter(error);
        else if (!TryTime(From, now, out var from))
            problem = StoreProblems.Parameter("from", ApiTime.Expected);
        else if (!TryTime(To, now, out var to))
            problem = StoreProblems.Parameter("to", ApiTime.Expected);
        else if (from > to)
            problem = StoreProblems.Parameter("to", "a time after 'from'");
        else if (View is not (null or "" or "requests" or "events"))
            problem = StoreProblems.Parameter("view", "'requests' or 'events'");
        else
            query = new EventQuery(filter, new TimeRange(from, to), View == "events" ? EventView.Events : EventView.Requests);
        return problem is null;
    }


    private static bool TryTime(string? text, DateTimeOffset now, out DateTime? time)
    {
        time = null;
        if (string.IsNullOrEmpty(text))
            return true;
        if (!ApiTime.TryParse(text, now, out var read))
            return false;
        time = read;
        return true;
    }
}
