using LiveComments.WebFrontend.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LiveComments.WebFrontend.Api;

/// <summary>Reads the ids of authors in the addresses of requests.</summary>
internal static class AuthorIds
{
    /// <summary>Reads an id; gives the refusal if it is none.</summary>
    public static ProblemHttpResult? Refuse(string text, out AuthorId id) =>
        AuthorId.TryParse(text, out id) ? null : Problems.InvalidAuthorId();
}
