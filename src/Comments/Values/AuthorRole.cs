namespace LiveComments;

/// <summary>What the author of a comment is on its video. The numbers are stored.</summary>
public enum AuthorRole
{
    /// <summary>One of those who watch.</summary>
    Viewer = 0,

    /// <summary>The token has <c>comments:moderate</c>.</summary>
    Moderator = 1,

    /// <summary>The token has <c>comments:manage</c>.</summary>
    Owner = 2,
}
