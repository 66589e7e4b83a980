using LiveComments.LoadTester.Checking;

namespace LiveComments.LoadTester.Posters;

/// <summary>A complete answer to a post.</summary>
/// <param name="Status">The HTTP status code.</param>
/// <param name="Id">The comment's id, or 0 if the answer names none.</param>
/// <param name="KeepsAlive">Whether the connection may be used again.</param>
internal readonly record struct PostAnswer(int Status, long Id, bool KeepsAlive)
{
    public bool IsAcknowledged => Status is >= 200 and < 300;

    /// <summary>Whether the server declined for its own protection, as the contract lets it.</summary>
    public bool IsRefused => Status is 429 or 503;

    public PostResult Outcome => Status switch
    {
        >= 200 and < 300 => Id > 0 ? new PostResult(Id) : PostResult.AcknowledgedWithoutId,
        >= 400 and < 500 => PostResult.Refused,
        _ => PostResult.Unknown,
    };
}
