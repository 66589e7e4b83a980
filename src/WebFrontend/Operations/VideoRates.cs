using LiveComments.WebFrontend.FanOut;

namespace LiveComments.WebFrontend.Operations;

/// <summary>Finds the busiest videos, from what their hubs tell each second.</summary>
internal sealed class VideoRates
{
    private const int Shown = 10;

    // The part of an average that one second makes: it forgets within some ten seconds.
    private const double Weight = 0.2;

    private Dictionary<LiveVideoId, (long Comments, double Rate)> _known = [];

    /// <summary>Takes note of a second, and gives the busiest videos, most deliveries first.</summary>
    public IReadOnlyList<VideoReport> Next(IReadOnlyCollection<VideoActivity> videos)
    {
        var known = new Dictionary<LiveVideoId, (long Comments, double Rate)>(videos.Count);
        foreach (var (id, _, comments) in videos)
        {
            var (before, rate) = _known.GetValueOrDefault(id, (comments, 0));
            // A hub that was closed and opened again counts from 0.
            known[id] = (comments, rate + Weight * (Math.Max(0, comments - before) - rate));
        }

        _known = known;
        return [.. videos
            .Select(video => new VideoReport(video.Id, video.Viewers, Math.Round(known[video.Id].Rate, 1)))
            .OrderByDescending(video => video.Viewers * video.Rate).ThenByDescending(video => video.Viewers)
            .ThenBy(video => video.Id.ToString(), StringComparer.Ordinal)
            .Take(Shown)];
    }
}
