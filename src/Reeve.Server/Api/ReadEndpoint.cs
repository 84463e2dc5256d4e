using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Reeve.Server.Preview;
using Reeve.Server.Ui.Search;

namespace Reeve.Server.Api;

/// <summary><c>/api/v1/read</c>.</summary>
internal static class ReadEndpoint
{
    /// <summary>How Reeve reads what was sent.</summary>
    /// <param name="Total">All events and unreadable records.</param>
    /// <param name="Unreadable">Those of them no event could be read from.</param>
    /// <param name="Cut">Those of which a part is missing.</param>
    /// <param name="Duplicates">Those that are equal to one before them, and would be stored once.</param>
    /// <param name="IsPart">Whether there was more than was read, as in a packed file that is damaged or too large.</param>
    /// <param name="Events">The first 1000, in their order.</param>
    internal sealed record Answer(int Total, int Unreadable, int Cut, int Duplicates, bool IsPart, IEnumerable<ReadEvent> Events);

    /// <summary>One event.</summary>
    /// <param name="Number">Its 1-based number.</param>
    /// <param name="Sentence">What happened, in words; left out for what is no event.</param>
    /// <param name="Because">Why it is of its category; left out for what is no event.</param>
    /// <param name="DuplicateOf">The number of an equal event before it; left out without one.</param>
    /// <param name="Scrubbed">Values that became fingerprints, at most 50; left out without one.</param>
    /// <param name="Break">Where it breaks off; left out for an event that is whole JSON.</param>
    /// <param name="Event">Its fields and its scrubbed JSON, as the search answers them; an event that is not stored has no id.</param>
    internal sealed record ReadEvent(
        int Number, string? Sentence, string? Because, int? DuplicateOf, IReadOnlyList<ScrubbedValue>? Scrubbed, EventBreak? Break, EventJson Event);

    public static void MapRead(this IEndpointRouteBuilder api) =>
        api.MapPost("/read", ReadAsync)
            .Accepts<Stream>(isOptional: true, "*/*")
            .WithMetadata(new RequestSizeLimitAttribute(EventPreview.MaxBytes))
            .Produces<Answer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .WithTags("Events").WithName("read").WithSummary("See how events are read")
            .WithDescription(
                "Send an event, an EventList, log lines, or a file of them (also gzip or Zstandard), at most 16 MiB: the answer is what "
                + "would be stored, secrets replaced by fingerprints. Nothing of it is stored or logged.");

    private static async Task<IResult> ReadAsync(HttpRequest request, EventPreview preview, CancellationToken cancellationToken)
    {
        try
        {
            var (bytes, isPart) = await PreviewContent.ReadAsync(request.Body, progress: null, cancellationToken);
            return Results.Ok(Of(await preview.ReadAsync(bytes, isPart, cancellationToken)));
        }
        catch (BadHttpRequestException refused) when (refused.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Results.Problem(
                "At most 16 MiB are read at once. 'reeve serve PATH' takes files of any size.",
                statusCode: StatusCodes.Status413PayloadTooLarge, title: "Too much to read");
        }
        catch (InvalidDataException damaged)
        {
            return Results.Problem(damaged.Message, statusCode: StatusCodes.Status400BadRequest, title: "Nothing to read");
        }
    }

    private static Answer Of(PreviewAnswer read) =>
        new(read.Total, read.Unreadable, read.Cut, read.Duplicates, read.IsPart, read.Events.Select(Of));

    private static ReadEvent Of(PreviewedEvent read) => new(
        read.Number,
        read.CategoryReason.Length == 0 ? null : Sentences.Of(read.Row).ToString(),
        read.CategoryReason.Length == 0 ? null : read.CategoryReason,
        read.DuplicateOf == 0 ? null : read.DuplicateOf,
        read.Findings.Scrubbed.Count == 0 ? null : read.Findings.Scrubbed,
        read.Findings.Break,
        EventJson.Of(read.Whole()));
}
