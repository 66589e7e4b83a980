namespace LiveComments.WebFrontend.Api;

/// <summary>The header that names the removal which has taken a comment back.</summary>
internal static class RemovalHeader
{
    public const string Name = "LiveComments-Removal";

    /// <summary>Names it in the answer; nothing if it is not known.</summary>
    public static void Set(HttpContext context, CommentId? removal)
    {
        if (removal is { } id) context.Response.Headers[Name] = id.ToString();
    }
}
