using System.Diagnostics.Metrics;

namespace LiveComments.Tests;

/// <summary>How the owner of a video keeps somebody from writing.</summary>
public sealed class BanTests
{
    private static readonly LiveVideoId Id = LiveVideoId.Parse("v");
    private static readonly AuthorId Eve = new(2);

    private readonly MemoryStore _store = new();
    private readonly ManualTime _time = new();

    [Fact]
    public async Task A_banned_author_is_refused_until_the_ban_is_over_or_lifted()
    {
        var video = NewOwner();
        await video.RemoveAsync(RemovalRequest.OfBan(NewBan(TimeSpan.FromMinutes(10), "spam"), null)).InTime();

        var refused = await PostAsync(video);
        Assert.Equal((PostStatus.Banned, "spam"), (refused.Status, refused.Ban?.Reason));
        Assert.Equal(PostStatus.Accepted, (await PostAsync(video, new(3))).Status);
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(PostStatus.Accepted, (await PostAsync(video)).Status);

        await video.RemoveAsync(RemovalRequest.OfBan(NewBan(), null)).InTime();
        Assert.Equal(PostStatus.Banned, (await PostAsync(video)).Status);
        Assert.Equal([Eve], (await video.ReadBansAsync().InTime()).Select(ban => ban.Author));
        await video.RemoveAsync(RemovalRequest.OfLift(Eve)).InTime();
        Assert.Equal(PostStatus.Accepted, (await PostAsync(video)).Status);
        Assert.Empty(await video.ReadBansAsync().InTime());
    }

    [Fact]
    public async Task Another_owner_that_does_not_know_of_the_ban_finds_out_before_it_appends()
    {
        var (stale, owner) = (NewOwner(), NewOwner());
        Assert.Equal(PostStatus.Accepted, (await PostAsync(stale)).Status);
        await PostAsync(owner, new(3));
        await PostAsync(stale);
        // The stale one is the log's owner now, for all that it knows.
        await owner.RemoveAsync(RemovalRequest.OfBan(NewBan(), null)).InTime();

        Assert.Equal(PostStatus.Banned, (await PostAsync(stale)).Status);
        Assert.Equal(PostStatus.Banned, (await PostAsync(NewOwner())).Status);
    }

    [Fact]
    public async Task A_ban_with_removal_is_one_entry_and_one_without_is_told_to_nobody()
    {
        var video = NewOwner();
        for (var i = 0; i < 3; i++) await PostAsync(video);

        Assert.Equal(0, (await video.RemoveAsync(RemovalRequest.OfBan(NewBan(), null)).InTime()).Count);
        Assert.Equal(3, (await video.RemoveAsync(RemovalRequest.OfBan(NewBan(), CommentId.None)).InTime()).Count);

        Assert.Equal([true, false], _store.Removals(Id).Select(removal => removal.Removed.AreNone));
        Assert.Empty(_store.All(Id));
    }

    [Fact]
    public async Task A_ban_that_reached_its_own_log_alone_holds_and_is_not_acknowledged()
    {
        var video = NewOwner();
        await PostAsync(video, new(3));
        var appends = 0;
        _store.BeforeAppend = () =>
            ++appends == 2 ? Task.FromException(new CommentsUnavailableException("down")) : Task.CompletedTask;

        Assert.Equal(RemovalStatus.Unavailable, (await video.RemoveAsync(RemovalRequest.OfBan(NewBan(), null)).InTime()).Status);
        Assert.Equal(PostStatus.Banned, (await PostAsync(video)).Status);
        Assert.Equal(RemovalStatus.Removed, (await video.RemoveAsync(RemovalRequest.OfBan(NewBan(), null)).InTime()).Status);
        Assert.Equal(PostStatus.Banned, (await PostAsync(NewOwner())).Status);
    }

    [Fact]
    public async Task Site_wide_bans_are_judged_by_every_owner_and_known_before_the_first_post()
    {
        using var here = new SiteBans(_store, _time);
        using var there = new SiteBans(_store, _time);
        await there.LoadedAsync().InTime();
        await here.AddAsync(NewBan()).InTime();

        Assert.Equal(PostStatus.Banned, (await PostAsync(NewOwner(here))).Status);
        using (var started = new SiteBans(_store, _time)) Assert.Equal(PostStatus.Banned, (await PostAsync(NewOwner(started))).Status);
        Assert.Equal(PostStatus.Accepted, (await PostAsync(NewOwner(there))).Status);
        // It looks each second.
        await UntilAsync(async () => (await PostAsync(NewOwner(there))).Status == PostStatus.Banned);
        await here.LiftAsync(Eve).InTime();
        await UntilAsync(async () => (await PostAsync(NewOwner(there))).Status == PostStatus.Accepted);
    }

    [Fact]
    public async Task Many_bans_are_read_by_the_next_owner_and_found()
    {
        var first = NewOwner();
        for (var i = 1; i <= 2_500; i++)
            await first.RemoveAsync(RemovalRequest.OfBan(new(new(i), _time.GetUtcNow()), null)).InTime();
        var video = NewOwner();

        Assert.Equal(PostStatus.Banned, (await PostAsync(video, new(2_222))).Status);
        Assert.Equal(PostStatus.Accepted, (await PostAsync(video, new(-1))).Status);
        Assert.Equal(2_500, (await video.ReadBansAsync().InTime()).Count);
    }

    private LiveVideo NewOwner(SiteBans? siteBans = null) =>
        new(Id, _store, new(), _time, new(new Meter("test")), siteBans: siteBans);

    private Ban NewBan(TimeSpan? lasts = null, string? reason = null) => new(Eve, _time.GetUtcNow(), _time.GetUtcNow() + lasts, reason);

    private static async Task<PostOutcome> PostAsync(LiveVideo video, AuthorId? author = null)
    {
        var identity = new AuthorIdentity(author ?? Eve, AuthorRole.Viewer, Verified: false);
        Assert.True(CommentDraft.TryCreate("Somebody", "Hello", null, identity, out var draft, out _));
        return await video.PostAsync(draft).InTime();
    }

    private async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (var tries = 0; !await isSo(); tries++)
        {
            Assert.InRange(tries, 0, 10_000);
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }
}
