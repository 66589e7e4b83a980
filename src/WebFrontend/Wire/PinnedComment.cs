namespace LiveComments.WebFrontend.Wire;

/// <summary>Which comment is pinned: the data of the event <c>pin</c>, and the answer to whoever asks.</summary>
/// <param name="Comment">The comment; null if none is.</param>
internal sealed record PinnedComment(Comment? Comment);

/// <summary>The body of a request to pin a comment.</summary>
/// <param name="Id">Its id.</param>
internal sealed record NewPin(string? Id)
{
    /// <summary>What a body looks like.</summary>
    public const string Example = """{"id":"1853172529944854529"}""";
}
