using LiveComments.WebFrontend.Feed;

namespace LiveComments.Micro;

/// <summary>Comments as people write them.</summary>
internal static class Sample
{
    public static readonly LiveVideoId Video = LiveVideoId.Parse("match-4711");

    public static Comment Comment(long id) => new(new(id), Video, "Ada Lovelace", "What a goal! 🎉 The keeper had no chance, he just stood there.");

    public static CommentRing Ring(int comments)
    {
        var ring = new CommentRing(comments, CommentId.None);
        for (var id = 1; id <= comments; id++) ring.Append(Comment(id));
        return ring;
    }
}
