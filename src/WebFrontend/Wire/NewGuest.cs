namespace LiveComments.WebFrontend.Wire;

/// <summary>The answer to <c>POST /guests</c>.</summary>
/// <param name="Token">The guest's token, for <c>Authorization: Bearer</c>.</param>
/// <param name="AuthorId">The id that the guest's comments will have.</param>
/// <param name="ExpiresAt">When the token expires, in UTC.</param>
public sealed record NewGuest(string Token, AuthorId AuthorId, DateTimeOffset ExpiresAt);
