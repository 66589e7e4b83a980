using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace LiveComments;

/// <summary>The settings of one video: each entry says all of them, so the last one holds.</summary>
internal sealed partial class SettingsLog(ICommentStore store, LiveVideoId log, TimeProvider time) : DecisionLog(store, log, time)
{
    // Whoever decided is in the log of the program.
    private const string Author = "settings";

    // Beside the settings, for it is none: clients are not told.
    private const string PublicUpTo = "publicUpTo";
    private const string Pinned = "pinned";

    /// <summary>The settings as far as they were read.</summary>
    public VideoSettings Current { get; private set; } = VideoSettings.Default;

    /// <summary>Whether the pinned comment was looked for, if there is one.</summary>
    public bool IsPinnedKnown { get; private set; } = true;

    /// <inheritdoc/>
    protected override bool LastSaysAll => true;

    /// <summary>
    /// Reads the settings of a video. The store has every change that was acknowledged, so the owner of the video is not needed for it.
    /// </summary>
    /// <exception cref="CommentsUnavailableException">The store failed.</exception>
    public static async Task<VideoSettings> ReadAsync(ICommentStore store, LiveVideoId video)
    {
        var settings = new SettingsLog(store, video.OfSettings, TimeProvider.System);
        await settings.LoadAsync().ConfigureAwait(false);
        return settings.Current;
    }

    /// <summary>Changes the settings, and gives what holds then; null if they have another version than the change is for.</summary>
    /// <param name="change">The change.</param>
    /// <param name="last">The last entry in the log of the video.</param>
    /// <exception cref="CommentsUnavailableException">The store failed; it may have been done.</exception>
    public async Task<VideoSettings?> ChangeAsync(SettingsChange change, CommentId last)
    {
        await LoadAsync();
        var isFor = true;
        await AppendAsync(() =>
        {
            var after = change.Apply(Current);
            if (after.DelaySeconds != Current.DelaySeconds)
            {
                var upTo = Current.PublicAt(Time.GetUtcNow());
                after = after with { PublicUpTo = upTo < last ? upTo : last };
            }

            isFor = change.Version is not { } version || version == Current.Version;
            return isFor && after != Current ? (Author, Write(after)) : null;
        });
        return isFor ? Current : null;
    }

    /// <summary>Takes note of the pinned comment; null if it was removed.</summary>
    public void FoundPinned(Comment? comment) => (Current, IsPinnedKnown) = (Current with { PinnedComment = comment }, true);

    /// <summary>The pinned comment may have been removed.</summary>
    public void DoubtPinned() =>
        (Current, IsPinnedKnown) = (Current with { PinnedComment = null }, Current.Pinned is null || Current.Pinned == CommentId.None);

    /// <inheritdoc/>
    protected override void Apply(Comment entry)
    {
        var kept = JsonNode.Parse(entry.Message)!.AsObject();
        var (pinned, comment) = (Current.Pinned, Current.PinnedComment);
        Current = kept.Deserialize(SettingsJson.Default.VideoSettings)! with
        {
            Version = entry.Id,
            PublicUpTo = new(kept[PublicUpTo]?.GetValue<long>() ?? 0),
            Pinned = CommentId.TryParse(kept[Pinned]?.GetValue<string>(), out var pin) ? pin : null,
        };
        if (Current.Pinned == pinned) Current = Current with { PinnedComment = comment };
        else DoubtPinned();
    }

    private static string Write(VideoSettings settings)
    {
        var kept = JsonSerializer.SerializeToNode(settings, SettingsJson.Default.VideoSettings)!.AsObject();
        if (settings.PublicUpTo != CommentId.None) kept[PublicUpTo] = settings.PublicUpTo.Value;
        if (settings.Pinned is { } pinned) kept[Pinned] = pinned.ToString();
        return kept.ToJsonString();
    }

    [JsonSerializable(typeof(VideoSettings))]
    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    private sealed partial class SettingsJson : JsonSerializerContext;
}
