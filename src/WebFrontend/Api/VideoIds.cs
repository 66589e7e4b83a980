using LiveComments.WebFrontend.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LiveComments.WebFrontend.Api;

/// <summary>Reads the ids of live videos in the addresses of requests.</summary>
internal static class VideoIds
{
    /// <summary>Reads an id; gives the refusal if it is none, or no video here may have it.</summary>
    public static ProblemHttpResult? Refuse(this VideosOptions videos, string text, out LiveVideoId id)
    {
        if (!LiveVideoId.TryParse(text, null, out id)) return Problems.InvalidLiveVideoId();
        return videos.Allow(id) ? null : Problems.NoSuchVideo();
    }
}
