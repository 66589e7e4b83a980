using System.Text;
using LiveComments.LoadTester.Checking;
using LiveComments.LoadTester.Crowd;

namespace LiveComments.LoadTester.Posters;

/// <summary>Writes the request that posts a comment.</summary>
internal static class PostRequest
{
    public static byte[] Write(RunPlan plan, PostedComment comment)
    {
        var marker = new CommentMarker(comment.Video, comment.Sequence, comment.Due).ToText(plan.Marker);
        var body = $$"""{"author":"load tester","message":"{{marker.PadRight(plan.Options.MessageSize, '.')}}"}""";
        return Encoding.ASCII.GetBytes(
            $"POST {plan.Server.BasePath}/comments/{VideoLaw.LiveVideoId(comment.Video)} HTTP/1.1\r\n"
            + $"Host: {plan.Server.Host}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }
}
