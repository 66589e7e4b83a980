using System.ComponentModel.DataAnnotations;

namespace LiveComments.WebFrontend.Pages;

/// <summary>What the pages for viewers show: the section <c>Pages</c>.</summary>
public sealed record PagesOptions : IValidatableObject
{
    /// <summary>
    /// Where the video itself is, as <c>https://video.example/{liveVideoId}/index.m3u8</c>; <c>{liveVideoId}</c> stands for the id. The page
    /// <c>/videos/{liveVideoId}</c> plays what the browser can by itself: files, and HLS in Safari and in Chrome from 142. Default none: a
    /// drawn picture moves in its place.
    /// </summary>
    public string? VideoUrl { get; set; }

    /// <summary>The origin that the video comes from, in ASCII; null if there is no video.</summary>
    internal string? VideoOrigin => OriginOf(VideoUrl, "a");

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // One origin for all videos: the page permits no other.
        if (VideoUrl is not null && (VideoOrigin is not { } origin || origin != OriginOf(VideoUrl, "b")))
            yield return new($"'{VideoUrl}' is no address such as https://video.example/{{liveVideoId}}/index.m3u8.", [nameof(VideoUrl)]);
    }

    private static string? OriginOf(string? address, string id) =>
        Uri.TryCreate(address?.Replace("{liveVideoId}", id, StringComparison.Ordinal), UriKind.Absolute, out var video)
        && video is { Scheme: "http" or "https", UserInfo: "", IdnHost: not "" }
            ? $"{video.Scheme}://{video.IdnHost}{(video.IsDefaultPort ? "" : $":{video.Port}")}"
            : null;
}
