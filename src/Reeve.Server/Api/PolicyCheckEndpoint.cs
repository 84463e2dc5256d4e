using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Reeve.Detection.Policy.Reading;
using Reeve.Server.Policies;

namespace Reeve.Server.Api;

/// <summary><c>/api/v1/policy/check</c>.</summary>
internal static class PolicyCheckEndpoint
{
    // The longest text in UTF-8, and one character more, by which too much is known.
    private const long MostBytes = (PolicyReader.Longest + 1L) * 4;

    /// <summary>What is wrong with a policy.</summary>
    /// <param name="Valid">Whether the apiserver starts with it.</param>
    /// <param name="Errors">For what it does not.</param>
    /// <param name="Warnings">What it takes, and hardly as it was meant.</param>
    internal sealed record Answer(bool Valid, IReadOnlyList<PolicyRemark> Errors, IReadOnlyList<PolicyRemark> Warnings);

    public static void MapPolicyCheck(this IEndpointRouteBuilder policy) => policy.MapPost("/check", CheckAsync)
        .Accepts<Stream>(isOptional: true, "*/*")
        .WithMetadata(new RequestSizeLimitAttribute(MostBytes))
        .Produces<Answer>().ProducesProblem(StatusCodes.Status413PayloadTooLarge).WithTags("Policy")
        .WithName("checkPolicy").WithSummary("What is wrong with an audit policy")
        .WithDescription("Send the policy's text as the body. The answer says what the apiserver would refuse, and what it takes that is hardly meant so, each with line and column.");

    private static async Task<IResult> CheckAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new StreamReader(request.Body);
        var text = new char[PolicyReader.Longest + 1];
        int length;
        try
        {
            length = await body.ReadBlockAsync(text, cancellationToken);
        }
        catch (BadHttpRequestException refused) when (refused.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Results.Problem($"At most {PolicyReader.Longest:N0} characters are read; no audit policy is longer.", statusCode: StatusCodes.Status413PayloadTooLarge, title: "Too long");
        }

        var reading = await PolicyWorkbench.ReadAsync(new string(text, 0, length), cancellationToken);
        return Results.Ok(new Answer(reading.Policy is not null, PolicyQuestion.Places(reading.Errors), PolicyQuestion.Places(reading.Warnings)));
    }
}
