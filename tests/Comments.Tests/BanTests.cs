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
            ++appends == 1 ? Task.FromException(new CommentsUnavailableException("down")) : Task.CompletedTask;

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
    public async Task Site_wide_bans_that_cannot_be_read_are_a_line_in_the_log_and_those_that_were_read_hold()
    {
        var lines = new LogLines();
        using var bans = new SiteBans(_store, _time, new(_time, lines));
        await bans.AddAsync(NewBan()).InTime();
        _store.BeforeRead = () => Task.FromException(new CommentsUnavailableException("The disk is away."));

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Contains("The disk is away.", await lines.FirstAsync(), StringComparison.Ordinal);
        Assert.NotNull(bans.Find(Person(Eve)));
    }

    [Fact]
    public async Task A_ban_may_hold_the_address_that_a_guest_wrote_from_last_and_no_person_with_an_issuer()
    {
        var video = NewOwner();
        await SendAsync(video, Guest(Eve, at: 7));
        await SendAsync(video, Guest(Eve, at: 8));
        await SendAsync(video, Guest(new(3), at: 9));

        var outcome = await video.RemoveAsync(RemovalRequest.OfBan(NewBan() with { HoldsAddress = true }, null)).InTime();

        Assert.True(outcome.Ban!.HoldsAddress);
        foreach (var owner in (LiveVideo[])[video, NewOwner()])
        {
            Assert.Equal(PostStatus.Banned, (await SendAsync(owner, Guest(Eve, at: 7))).Status);
            Assert.Equal(PostStatus.Banned, (await SendAsync(owner, Guest(new(4), at: 8))).Status);
            Assert.Equal(PostStatus.Banned, (await SendAsync(owner, Anonymous(at: 8))).Status);
            Assert.Equal(PostStatus.Accepted, (await SendAsync(owner, Guest(new(5), at: 7))).Status);
            Assert.Equal(PostStatus.Accepted, (await SendAsync(owner, Anonymous(at: 9))).Status);
            // The node passes no address of theirs on.
            Assert.Equal(PostStatus.Accepted, (await PostAsync(owner, new AuthorId(6))).Status);
        }

        await video.RemoveAsync(RemovalRequest.OfLift(Eve)).InTime();
        Assert.Equal(PostStatus.Accepted, (await SendAsync(video, Anonymous(at: 8))).Status);
    }

    [Fact]
    public async Task An_address_is_held_for_24_hours_at_most_and_its_guest_for_as_long_as_was_said()
    {
        var video = NewOwner();
        await SendAsync(video, Guest(Eve, at: 8));
        await video.RemoveAsync(RemovalRequest.OfBan(NewBan(TimeSpan.FromDays(7)) with { HoldsAddress = true }, null)).InTime();

        var refused = await SendAsync(video, Anonymous(at: 8));
        Assert.Equal((PostStatus.Banned, _time.GetUtcNow() + TimeSpan.FromHours(24)), (refused.Status, refused.Ban?.Until));
        _time.Advance(TimeSpan.FromHours(24));

        Assert.Equal(PostStatus.Accepted, (await SendAsync(video, Guest(new(4), at: 8))).Status);
        Assert.Equal(PostStatus.Banned, (await SendAsync(video, Guest(Eve, at: 8))).Status);
    }

    [Fact]
    public async Task Somebody_without_a_token_is_an_address_and_held_no_longer_than_one_also_by_owners_that_do_not_know_it()
    {
        var (video, eve) = (NewOwner(), Anonymous(at: Eve.Value));
        using var siteBans = new SiteBans(_store, _time);
        Assert.Null((await video.RemoveAsync(RemovalRequest.OfBan(NewBan(), null)).InTime()).Ban!.Until);
        await siteBans.AddAsync(NewBan()).InTime();
        var anew = NewOwner(siteBans);
        Assert.Equal(PostStatus.Banned, (await SendAsync(anew, eve)).Status);
        _time.Advance(TimeSpan.FromHours(24));
        Assert.Equal(PostStatus.Accepted, (await SendAsync(anew, eve)).Status);
        Assert.Equal(PostStatus.Banned, (await PostAsync(anew, Eve)).Status);

        // Now it knows whose id it is, and says so.
        var ban = (await anew.RemoveAsync(RemovalRequest.OfBan(NewBan() with { HoldsAddress = true }, null)).InTime()).Ban!;
        Assert.Equal((true, _time.GetUtcNow() + TimeSpan.FromHours(24)), (ban.HoldsAddress, ban.Until));
        Assert.Equal(PostStatus.Banned, (await SendAsync(anew, Guest(new(4), at: Eve.Value))).Status);
    }

    [Fact]
    public async Task Two_who_are_banned_with_one_address_hold_it_until_both_are_lifted()
    {
        var video = NewOwner();
        AuthorId[] two = [Eve, new(3)];
        foreach (var guest in two) await SendAsync(video, Guest(guest, at: 8));
        foreach (var guest in two)
        {
            var ban = NewBan() with { Author = guest, HoldsAddress = true };
            Assert.True((await video.RemoveAsync(RemovalRequest.OfBan(ban, null)).InTime()).Ban!.HoldsAddress);
        }

        await video.RemoveAsync(RemovalRequest.OfLift(two[1])).InTime();
        Assert.Equal(PostStatus.Banned, (await SendAsync(video, Anonymous(at: 8))).Status);
        await video.RemoveAsync(RemovalRequest.OfLift(Eve)).InTime();
        Assert.Equal(PostStatus.Accepted, (await SendAsync(video, Anonymous(at: 8))).Status);
    }

    [Theory]
    [InlineData(25, 0)]
    [InlineData(0, LastAddresses.Most)]
    public async Task Who_wrote_long_ago_or_before_many_others_is_banned_without_the_address(int hours, int others)
    {
        var video = NewOwner();
        await SendAsync(video, Guest(Eve, at: 8));
        for (var i = 0; i < others - 1; i++) await SendAsync(video, Guest(new(100 + i), at: 9));
        var known = await video.RemoveAsync(RemovalRequest.OfBan(NewBan() with { HoldsAddress = true }, null)).InTime();
        Assert.True(known.Ban!.HoldsAddress);
        await SendAsync(video, Guest(new(99), at: 9));
        _time.Advance(TimeSpan.FromHours(hours));

        var outcome = await video.RemoveAsync(RemovalRequest.OfBan(NewBan() with { HoldsAddress = true }, null)).InTime();

        Assert.False(outcome.Ban!.HoldsAddress);
        Assert.Equal(PostStatus.Banned, (await SendAsync(video, Guest(Eve, at: 8))).Status);
        Assert.Equal(PostStatus.Accepted, (await SendAsync(video, Guest(new(4), at: 8))).Status);
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

    private static Task<PostOutcome> PostAsync(LiveVideo video, AuthorId? author = null) => SendAsync(video, Of(Person(author ?? Eve)));

    private static Task<PostOutcome> SendAsync(LiveVideo video, CommentDraft draft) => video.PostAsync(draft).InTime();

    private static CommentDraft Guest(AuthorId id, long at) => Of(Person(id)).OfGuestAt(new(at));

    private static CommentDraft Anonymous(long at) => Of(AuthorIdentity.OfAddress(new(at)));

    private static AuthorIdentity Person(AuthorId id) => new(id, AuthorRole.Viewer, Verified: false);

    private static CommentDraft Of(AuthorIdentity identity)
    {
        Assert.True(CommentDraft.TryCreate("Somebody", "Hello", null, identity, out var draft, out _));
        return draft;
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
