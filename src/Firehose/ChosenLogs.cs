using LiveComments.WebFrontend.Identity;

namespace LiveComments.Firehose;

/// <summary>Which logs are sent: of each chosen video its own, that of its settings and that of its bans.</summary>
internal sealed class ChosenLogs(IReadOnlyList<string> patterns)
{
    /// <summary>Whether a log is sent.</summary>
    public bool Has(LiveVideoId log) => VideoOf(log) is { } video && VideoPattern.AnyNames(patterns, video);

    /// <summary>The video of a log of such a kind; null if nothing of that kind is sent.</summary>
    public static LiveVideoId? VideoOf(LiveVideoId log)
    {
        if (!log.HoldsDecisions) return log;
        var name = log.ToString();
        return LiveVideoId.TryParse(name[..name.IndexOf('.', StringComparison.Ordinal)], null, out var video)
            && (log == video.OfSettings || log == video.OfBans)
            ? video
            : null;
    }
}
