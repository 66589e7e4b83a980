using LiveComments.WebFrontend.Audit;
using LiveComments.WebFrontend.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LiveComments.WebFrontend.Api;

/// <summary>Erases people from all live videos, where the host of the videos can.</summary>
internal sealed partial class ErasureHandler(
    VideoAccess access, IAudit audit, ILogger<ErasureHandler> log, IErasures? erasures = null) : IErasureHandler
{
    public async Task<IResult> AskAsync(AuthorId author, HttpContext context)
    {
        var (person, refusal) = await AdmitAsync(context);
        if (refusal is not null) return refusal;
        await audit.NoteAsync(null, person!, AuditAction.Erase, AuditTarget.Of(author));
        var erasure = await erasures!.AskAsync(author);
        LogAsked(author, person!.Id);
        context.Response.Headers.Location = $"/people/{author}/erasure";
        return Answer(erasure, context, 202);
    }

    public async Task<IResult> FindAsync(AuthorId author, HttpContext context)
    {
        var (_, refusal) = await AdmitAsync(context);
        if (refusal is not null) return refusal;
        return await erasures!.FindAsync(author) is { } erasure ? Answer(erasure, context, 200) : Problems.NoSuchErasure();
    }

    private ValueTask<Admission> AdmitAsync(HttpContext context) =>
        erasures is null ? new(new Admission(null, Problems.NotFound())) : access.ToManageSiteAsync(context);

    private static JsonHttpResult<ErasureAnswer> Answer(Erasure erasure, HttpContext context, int status)
    {
        context.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.Json(ErasureAnswer.Of(erasure), WireJson.Context.ErasureAnswer, statusCode: status);
    }

    [LoggerMessage(1, LogLevel.Information, "The erasure of {Author} from all videos was asked for by {Owner}.")]
    private partial void LogAsked(AuthorId author, AuthorId? owner);
}
