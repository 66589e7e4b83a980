namespace LiveComments.WebFrontend.Api;

/// <summary>What of a video a stream shows.</summary>
internal enum StreamView
{
    /// <summary>What everybody may see.</summary>
    Public,

    /// <summary>What moderators see: comments without their delay.</summary>
    Staff,

    /// <summary>The comments that wait for a moderator.</summary>
    Held,
}

/// <summary>Reads and applies <see cref="StreamView"/>.</summary>
internal static class StreamViews
{
    /// <summary>What <c>?view=</c> may say.</summary>
    public const string Names = "staff or held";

    /// <summary>Reads it; false if there is no such view.</summary>
    public static bool TryParse(string? text, out StreamView view)
    {
        view = text switch
        {
            null => StreamView.Public,
            "staff" => StreamView.Staff,
            "held" => StreamView.Held,
            _ => (StreamView)(-1),
        };
        return view >= 0;
    }

    /// <summary>What is to be followed for this view of a video.</summary>
    public static LiveVideoId Of(this StreamView view, LiveVideoId video) => view switch
    {
        StreamView.Staff => video.OfStaff,
        StreamView.Held => video.OfHeld,
        _ => video,
    };
}
