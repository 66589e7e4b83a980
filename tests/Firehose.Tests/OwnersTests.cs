namespace LiveComments.Firehose.Tests;

/// <summary>Several processes on one store: who sends, when one takes over, and that nothing is lost between them.</summary>
public sealed class OwnersTests
{
    private static readonly LiveVideoId Video = LiveVideoId.Parse("show-1");

    private readonly MemoryStore _store = new();
    private readonly ManualTime _time = new();
    private readonly MemoryReceiver _receiver = new();

    [Fact]
    public async Task A_new_owner_sends_first_what_the_one_before_has_not_sent()
    {
        var away = new MemoryReceiver { IsAway = true };
        await using var one = await new HoseNode(_store, away, _time).BeginAsync();
        var ids = await one.PostAsync(Video, 10);
        await using var other = await new HoseNode(_store, _receiver, _time).BeginAsync();
        ids.AddRange(await other.PostAsync(Video, 10));
        await _time.WhileItFliesAsync(_receiver.HasAsync(20));
        Assert.Equal(ids, _receiver.Places("show-1"));
        // The one before finds it out.
        await _time.WhileItFliesAsync(Patience.UntilAsync(() => Task.FromResult(one.Status.Entries == 0)));
        Assert.Empty(away.Entries);
    }

    [Fact]
    public async Task Owners_that_take_turns_lose_nothing_and_keep_the_order()
    {
        await using var one = await new HoseNode(_store, _receiver, _time).BeginAsync();
        await using var other = await new HoseNode(_store, _receiver, _time).BeginAsync();
        var ids = new List<long>();
        for (var turn = 0; turn < 20; turn++)
        {
            ids.AddRange(await (turn % 2 == 0 ? one : other).PostAsync(Video, 3));
            _time.Advance(TimeSpan.FromSeconds(0.3));
        }

        await _time.WhileItFliesAsync(Patience.UntilAsync(() => Task.FromResult(_receiver.Places("show-1").Distinct().Count() == 60)));
        Assert.Equal(ids, _receiver.Places("show-1").Distinct());
    }

    [Fact]
    public async Task What_a_process_has_left_that_is_gone_another_sends_after_a_while()
    {
        await using var other = await new HoseNode(_store, _receiver, _time).BeginAsync();
        List<long> ids;
        await using (var gone = await new HoseNode(_store, new MemoryReceiver { IsAway = true }, _time).BeginAsync())
            ids = await gone.PostAsync(Video, 10);
        await _time.WhileItFliesAsync(_receiver.HasAsync(10));
        Assert.Equal(ids, _receiver.Places("show-1"));
        Assert.Contains("The firehose goes on with 1 logs that another process has left.", other.Lines.All);
    }

    [Fact]
    public async Task One_that_is_told_to_stop_lets_go_at_once()
    {
        List<long> ids;
        await using (var one = await new HoseNode(_store, new MemoryReceiver { IsAway = true }, _time).BeginAsync())
        {
            ids = await one.PostAsync(Video, 10);
            await _time.WhileItFliesAsync(one.StopAsync());
        }

        await using var other = await new HoseNode(_store, _receiver, _time, options => options.PositionSeconds = 300).BeginAsync();
        await _time.WhileItFliesAsync(_receiver.HasAsync(10));
        Assert.Equal(ids, _receiver.Places("show-1"));
    }

    [Fact]
    public async Task Where_the_list_cannot_be_written_posts_are_refused_and_nothing_is_lost()
    {
        await using var node = await new HoseNode(_store, _receiver, _time).BeginAsync();
        _store.BeforeOtherAppend = () => throw new CommentsUnavailableException("The disk is full.");
        Assert.Equal(PostStatus.Unavailable, (await node.Videos.PostAsync(Video, Drafts.Draft()).InTime()).Status);
        Assert.Empty(_store.All(Video));
        _store.BeforeOtherAppend = () => Task.CompletedTask;
        var ids = await node.PostAsync(Video, 5);
        await _time.WhileItFliesAsync(_receiver.HasAsync(5));
        Assert.Equal(ids, _receiver.Places("show-1"));
    }

    [Fact]
    public async Task An_append_of_which_it_is_not_known_how_it_ended_is_sent_if_it_is_in_the_log()
    {
        await using var node = await new HoseNode(_store, _receiver, _time).BeginAsync();
        _store.AfterAppend = () => throw new CommentsUnavailableException("No answer.");
        Assert.Equal(PostStatus.Unavailable, (await node.Videos.PostAsync(Video, Drafts.Draft()).InTime()).Status);
        await _time.WhileItFliesAsync(_receiver.HasAsync(1));
        Assert.Equal([_store.All(Video)[0].Id.Value], _receiver.Places("show-1"));
    }
}
