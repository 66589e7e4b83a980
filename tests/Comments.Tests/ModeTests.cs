using System.Diagnostics.Metrics;

namespace LiveComments.Tests;

/// <summary>How the owner of a video judges posts by its modes, and keeps them.</summary>
public sealed class ModeTests
{
    private static readonly LiveVideoId Id = LiveVideoId.Parse("v");
    private static readonly AuthorId Ada = new(1);
    private static readonly AuthorId Eve = new(2);

    private readonly MemoryStore _store = new();
    private readonly ManualTime _time = new();

    [Fact]
    public async Task In_slow_mode_the_wait_is_exact_and_each_person_and_address_has_its_own()
    {
        var video = NewOwner();
        await ChangeAsync(video, new() { SlowSeconds = 30 });
        Assert.Equal(PostStatus.Accepted, (await PostAsync(video, Of(Ada))).Status);
        _time.Advance(TimeSpan.FromMilliseconds(29_999));

        Assert.Equal(new(PostStatus.SlowMode, Wait: TimeSpan.FromMilliseconds(1)), await PostAsync(video, Of(Ada)));
        Assert.Equal(PostStatus.Accepted, (await PostAsync(video, Of(Eve))).Status);
        Assert.Equal(PostStatus.Accepted, (await PostAsync(video, At(7))).Status);
        Assert.Equal(PostStatus.SlowMode, (await PostAsync(video, At(7))).Status);
        Assert.Equal(PostStatus.Accepted, (await PostAsync(video, At(8))).Status);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(PostStatus.Accepted, (await PostAsync(video, Of(Ada))).Status);
        // What was refused is no turn.
        Assert.Equal(TimeSpan.FromSeconds(30), (await PostAsync(video, Of(Ada))).Wait);
    }

    [Fact]
    public async Task Another_owner_and_other_settings_know_from_the_log_who_has_posted()
    {
        var video = NewOwner();
        await PostAsync(video, Of(Ada, "Hello"));
        _time.Advance(TimeSpan.FromSeconds(10));
        await ChangeAsync(video, new() { SlowSeconds = 30, UniqueSeconds = 60 });

        foreach (var owner in (LiveVideo[])[video, NewOwner()])
            Assert.Equal(TimeSpan.FromSeconds(20), (await PostAsync(owner, Of(Ada, "Hello"))).Wait);
        _time.Advance(TimeSpan.FromSeconds(20));
        foreach (var owner in (LiveVideo[])[video, NewOwner()])
            Assert.Equal(PostStatus.RepeatedMessage, (await PostAsync(owner, Of(Ada, "HELLO"))).Status);
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(PostStatus.Accepted, (await PostAsync(NewOwner(), Of(Ada, "Hello"))).Status);
    }

    [Fact]
    public async Task Of_texts_that_come_together_one_is_taken_and_others_may_say_the_same()
    {
        var video = NewOwner();
        await ChangeAsync(video, new() { UniqueSeconds = 60 });

        var outcomes = await video.PostAsync([Of(Ada, "Hi"), Of(Ada, "HI"), Of(Eve, "hi"), Of(Ada, "Ho")]).InTime();

        Assert.Equal(
            [PostStatus.Accepted, PostStatus.RepeatedMessage, PostStatus.Accepted, PostStatus.Accepted],
            outcomes.Select(outcome => outcome.Status));
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(PostStatus.Accepted, (await PostAsync(video, Of(Ada, "hi"))).Status);
    }

    [Fact]
    public async Task A_long_text_is_taken_once_whoever_writes_it_also_together_and_by_another_owner()
    {
        const string spam = "Get your free tickets here";
        var video = NewOwner();
        await ChangeAsync(video, new() { UniqueSeconds = 60 });

        var outcomes = await video.PostAsync([Of(Ada, spam), Of(Eve, $"{spam} 2"), At(7, $"{spam} 3!")]).InTime();

        Assert.Equal(
            [PostStatus.Accepted, PostStatus.RepeatedMessage, PostStatus.RepeatedMessage], outcomes.Select(outcome => outcome.Status));
        foreach (var owner in (LiveVideo[])[video, NewOwner()])
            Assert.Equal(PostStatus.RepeatedMessage, (await PostAsync(owner, Of(Eve, spam.ToUpperInvariant()))).Status);
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(PostStatus.Accepted, (await PostAsync(video, Of(Eve, spam))).Status);
    }

    [Fact]
    public async Task What_a_moderator_has_said_may_be_said_again()
    {
        const string text = "The second half begins at nine";
        var video = NewOwner();
        await ChangeAsync(video, new() { UniqueSeconds = 60 });
        await PostAsync(video, Of(Ada, text, AuthorRole.Moderator));

        foreach (var owner in (LiveVideo[])[video, NewOwner()])
        {
            Assert.Equal(PostStatus.Accepted, (await PostAsync(owner, Of(Eve, text))).Status);
            _time.Advance(TimeSpan.FromSeconds(60));
        }
    }

    [Fact]
    public async Task A_guest_is_established_to_the_second()
    {
        var video = NewOwner();
        var since = _time.GetUtcNow();
        await ChangeAsync(video, new() { MayPost = MayPost.Established, EstablishedMinutes = 2 });
        var guest = Of(Ada).OfGuestAt(new(7), since);
        _time.Advance(TimeSpan.FromMinutes(2) - TimeSpan.FromMilliseconds(1));

        Assert.Equal(new(PostStatus.NotEstablished, At: since.AddMinutes(2)), await PostAsync(video, guest));
        // A node of an earlier version does not say since when.
        Assert.Equal(new(PostStatus.NotEstablished), await PostAsync(video, Of(Ada).OfGuestAt(new(7))));
        Assert.Equal(new(PostStatus.NotEstablished), await PostAsync(video, At(7)));
        Assert.Equal(PostStatus.Accepted, (await PostAsync(video, Of(Eve))).Status);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(PostStatus.Accepted, (await PostAsync(video, guest)).Status);
    }

    [Fact]
    public async Task An_account_is_established_to_the_second_and_one_of_which_no_age_is_known_at_once()
    {
        var video = NewOwner();
        var since = _time.GetUtcNow();
        await ChangeAsync(video, new() { MayPost = MayPost.Established, EstablishedMinutes = 2 });
        var account = Of(Ada).OfAccountSince(since);
        _time.Advance(TimeSpan.FromMinutes(2) - TimeSpan.FromMilliseconds(1));

        Assert.Equal(new(PostStatus.NotEstablished, At: since.AddMinutes(2)), await PostAsync(video, account));
        // Its clock is ahead.
        var ahead = _time.GetUtcNow().AddYears(3_000);
        Assert.Equal(new(PostStatus.NotEstablished, At: ahead.AddMinutes(2)), await PostAsync(video, Of(Ada).OfAccountSince(ahead)));
        Assert.Equal(PostStatus.Accepted, (await PostAsync(video, Of(Ada).OfAccountSince(null))).Status);
        Assert.Equal(PostStatus.Accepted, (await PostAsync(video, Of(Eve, role: AuthorRole.Moderator).OfAccountSince(since))).Status);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(PostStatus.Accepted, (await PostAsync(video, account)).Status);
    }

    [Fact]
    public async Task A_new_account_is_signed_in_nevertheless()
    {
        var video = NewOwner();
        await ChangeAsync(video, new() { MayPost = MayPost.SignedIn });
        Assert.Equal(PostStatus.Accepted, (await PostAsync(video, Of(Ada).OfAccountSince(_time.GetUtcNow()))).Status);
    }

    [Theory]
    [InlineData(AuthorRole.Moderator)]
    [InlineData(AuthorRole.Owner)]
    public async Task Moderators_and_owners_are_exempt_until_the_end(AuthorRole role)
    {
        var video = NewOwner();
        await ChangeAsync(video, new()
        {
            SlowSeconds = 30,
            MayPost = MayPost.Nobody,
            UniqueSeconds = 30,
            Links = LinkRule.Refuse,
            State = VideoState.ReadOnly,
        });
        for (var i = 0; i < 2; i++)
            Assert.Equal(PostStatus.Accepted, (await PostAsync(video, Of(Ada, "https://example.org", role))).Status);

        await ChangeAsync(video, new() { State = VideoState.Ended });
        Assert.Equal(PostStatus.Ended, (await PostAsync(video, Of(Ada, role: role))).Status);
    }

    [Fact]
    public async Task Another_owner_that_does_not_know_of_a_change_finds_out_before_it_appends()
    {
        var (stale, owner) = (NewOwner(), NewOwner());
        Assert.Equal(PostStatus.Accepted, (await PostAsync(stale, Of(Ada))).Status);
        var told = new Told();
        await stale.SubscribeAsync(told).InTime();
        var changed = await ChangeAsync(owner, new() { State = VideoState.ReadOnly });

        Assert.Equal(PostStatus.ReadOnly, (await PostAsync(stale, Of(Ada))).Status);
        Assert.Equal([changed.Settings!], told.Settings);
        Assert.Equal(PostStatus.ReadOnly, (await PostAsync(NewOwner(), Of(Ada))).Status);
    }

    [Fact]
    public async Task A_change_that_reached_its_own_log_alone_holds_and_is_acknowledged_when_it_is_asked_for_again()
    {
        var video = NewOwner();
        await PostAsync(video, Of(Ada));
        var appends = 0;
        _store.BeforeAppend = () =>
            ++appends == 1 ? Task.FromException(new CommentsUnavailableException("down")) : Task.CompletedTask;
        var change = new SettingsChange { State = VideoState.ReadOnly };

        Assert.Equal(RemovalStatus.Unavailable, (await ChangeAsync(video, change)).Status);
        Assert.Equal(PostStatus.ReadOnly, (await PostAsync(video, Of(Ada))).Status);
        Assert.Equal(RemovalStatus.Removed, (await ChangeAsync(video, change)).Status);
        Assert.Equal(PostStatus.ReadOnly, (await PostAsync(NewOwner(), Of(Ada))).Status);
    }

    [Fact]
    public async Task A_change_for_a_version_is_made_once_also_where_another_owner_gets_ahead_of_it()
    {
        var (video, other) = (NewOwner(), NewOwner());
        await PostAsync(video, Of(Ada));
        var appends = 0;
        _store.BeforeAppend = async () =>
        {
            // After the log of settings, before that of the video.
            if (++appends == 2) await PostAsync(other, Of(Eve));
        };

        var outcome = await ChangeAsync(video, new() { SlowSeconds = 5, Version = CommentId.None });

        Assert.Equal((RemovalStatus.Removed, 5), (outcome.Status, outcome.Settings?.SlowSeconds));
        Assert.Equal(outcome.Settings, video.Settings);
        Assert.Equal(outcome.Settings, await SettingsLog.ReadAsync(_store, Id).InTime());
        Assert.Equal(RemovalStatus.OtherVersion, (await ChangeAsync(video, new() { Version = CommentId.None })).Status);
    }

    [Fact]
    public async Task Observers_are_told_of_each_change_once_and_the_log_of_the_video_has_nothing_of_it_to_show()
    {
        var video = NewOwner();
        var told = new Told();
        await video.SubscribeAsync(told).InTime();

        var slow = await ChangeAsync(video, new() { SlowSeconds = 5 });
        await ChangeAsync(video, new() { SlowSeconds = 5 });
        await PostAsync(video, Of(Ada));
        var usual = await ChangeAsync(video, new() { SlowSeconds = 0 });

        Assert.Equal([slow.Settings!, usual.Settings!], told.Settings);
        Assert.True(usual.Settings!.Version > slow.Settings!.Version);
        Assert.All(_store.Removals(Id), removal => Assert.True(removal.Removed.AreNone));
        Assert.Single(_store.All(Id));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_video_that_nobody_has_written_to_for_long_is_over_when_it_is_next_asked_for(bool posts)
    {
        await PostAsync(NewOwner(), Of(Ada));
        _time.Advance(TimeSpan.FromHours(2) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(PostStatus.Accepted, (await PostAsync(NewOwner(endAfter: 2), Of(Ada))).Status);
        _time.Advance(TimeSpan.FromHours(2));

        var video = NewOwner(endAfter: 2);
        if (!posts) await video.SubscribeAsync(new Told()).InTime();
        Assert.Equal(PostStatus.Ended, (await PostAsync(video, Of(Ada))).Status);
        Assert.Equal(VideoState.Ended, video.PublicSettings.State);
        // It stands in the log, for all.
        Assert.Equal(VideoState.Ended, (await NewOwner().ReadSettingsAsync().InTime()).State);

        await ChangeAsync(video, new() { State = VideoState.Open });
        Assert.Equal(PostStatus.Accepted, (await PostAsync(NewOwner(endAfter: 2), Of(Ada))).Status);
    }

    [Fact]
    public async Task A_video_that_nobody_ever_wrote_to_is_not_over()
    {
        _time.Advance(TimeSpan.FromDays(1_000));
        Assert.Equal(PostStatus.Accepted, (await PostAsync(NewOwner(endAfter: 2), Of(Ada))).Status);
    }

    private static CommentDraft Of(AuthorId author, string message = "Hello", AuthorRole role = AuthorRole.Viewer) =>
        Draft(message, new(author, role, Verified: false));

    private static CommentDraft At(long address, string message = "Hello") => Draft(message, AuthorIdentity.OfAddress(new(address)));

    private static CommentDraft Draft(string message, AuthorIdentity identity) =>
        CommentDraft.TryCreate("Ada", message, null, identity, out var draft, out _) ? draft : throw new ArgumentException("no draft");

    private static Task<PostOutcome> PostAsync(LiveVideo video, CommentDraft draft) => video.PostAsync(draft).InTime();

    private static Task<RemovalOutcome> ChangeAsync(LiveVideo video, SettingsChange change) =>
        video.RemoveAsync(RemovalRequest.OfSettings(change)).InTime();

    private LiveVideo NewOwner(int endAfter = 0) =>
        new(Id, _store, new() { EndAfterIdle = TimeSpan.FromHours(endAfter) }, _time, new(new Meter("test")));

    private sealed class Told : ILiveVideoObserver
    {
        public List<VideoSettings> Settings { get; } = [];

        public void OnBatch(CommentBatch batch)
        {
            if (batch.Settings is { } settings) Settings.Add(settings);
        }
    }
}
