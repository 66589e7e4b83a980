namespace LiveComments;

/// <summary>A change of a live video's settings: what is null stays as it is.</summary>
public sealed record SettingsChange
{
    /// <inheritdoc cref="VideoSettings.SlowSeconds"/>
    public int? SlowSeconds { get; init; }

    /// <inheritdoc cref="VideoSettings.MayPost"/>
    public MayPost? MayPost { get; init; }

    /// <inheritdoc cref="VideoSettings.EstablishedMinutes"/>
    public int? EstablishedMinutes { get; init; }

    /// <inheritdoc cref="VideoSettings.UniqueSeconds"/>
    public int? UniqueSeconds { get; init; }

    /// <inheritdoc cref="VideoSettings.Links"/>
    public LinkRule? Links { get; init; }

    /// <inheritdoc cref="VideoSettings.HoldAll"/>
    public bool? HoldAll { get; init; }

    /// <inheritdoc cref="VideoSettings.DelaySeconds"/>
    public int? DelaySeconds { get; init; }

    /// <inheritdoc cref="VideoSettings.State"/>
    public VideoState? State { get; init; }

    /// <summary>The comment that is to be pinned in place of any other; <see cref="CommentId.None"/> if none is to be pinned.</summary>
    public CommentId? Pin { get; init; }

    /// <summary>The version that is to be changed, and no other; null if any is.</summary>
    public CommentId? Version { get; init; }

    /// <summary>The settings after the change, whose version is not known yet.</summary>
    public VideoSettings Apply(VideoSettings before) => before with
    {
        SlowSeconds = SlowSeconds ?? before.SlowSeconds,
        MayPost = MayPost ?? before.MayPost,
        EstablishedMinutes = EstablishedMinutes ?? before.EstablishedMinutes,
        UniqueSeconds = UniqueSeconds ?? before.UniqueSeconds,
        Links = Links ?? before.Links,
        HoldAll = HoldAll ?? before.HoldAll,
        DelaySeconds = DelaySeconds ?? before.DelaySeconds,
        State = State ?? before.State,
        Pinned = Pin ?? before.Pinned,
        PinnedComment = Pin is null || Pin == before.Pinned ? before.PinnedComment : null,
    };
}
