using System.Diagnostics.Metrics;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;
using LiveComments.WebFrontend.Edge;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using static LiveComments.WebFrontend.Tests.StreamingParts;

namespace LiveComments.WebFrontend.Tests.Edge;

/// <summary>
/// How one stream is followed: against a scripted upstream, and a real one that stands still, with time that a test moves.
/// </summary>
public sealed class EdgeSubscriptionTests : IAsyncLifetime, IDisposable
{
    private const string KeepAlive = ": keep-alive\n\n";
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(new UpstreamOptions().StaleSeconds);

    private readonly ManualTime _time = new();
    private readonly SeenComments _seen = new();
    private ScriptedUpstream _upstream = null!;
    private UpstreamClient? _client;

    public async Task InitializeAsync() => _upstream = await ScriptedUpstream.StartAsync();

    public async Task DisposeAsync() => await _upstream.DisposeAsync();

    public void Dispose() => _client?.Dispose();

    [Fact]
    public async Task It_begins_where_the_log_ends_and_takes_what_follows()
    {
        _upstream.Log.AddRange([Comment(1), Comment(2)]);
        await using var subscription = await Videos(_upstream.Address).SubscribeAsync(Video, _seen);
        var stream = await _upstream.NextStreamAsync();

        await stream.SendAsync(Comment(3), Comment(4));

        Assert.Equal((2, "2"), (subscription.Start.Value, stream.LastEventId));
        Assert.Equal([3, 4], await _seen.ThroughAsync(4));
        Assert.Equal(2, _seen.Batches[0].Follows.Value);
    }

    [Fact]
    public async Task A_stream_that_ends_is_resumed_after_its_last_comment_and_repeats_are_passed_over()
    {
        await using var subscription = await Videos(_upstream.Address).SubscribeAsync(Video, _seen);
        var first = await _upstream.NextStreamAsync();
        await first.SendAsync(Comment(1), Comment(2));
        await _seen.ThroughAsync(2);

        first.End();
        var second = await _time.WhileItFliesAsync(_upstream.NextStreamAsync());
        await second.SendAsync(Comment(1), Comment(2), Comment(2), Comment(3));

        Assert.Equal("2", second.LastEventId);
        Assert.Equal([1, 2, 3], await _seen.ThroughAsync(3));
    }

    [Fact]
    public async Task A_silent_stream_is_cut_and_resumed()
    {
        await using var subscription = await Videos(_upstream.Address).SubscribeAsync(Video, _seen);
        var silent = await _upstream.NextStreamAsync();
        await silent.SendAsync(Comment(1));
        await _seen.ThroughAsync(1);

        var resumed = await _time.WhileItFliesAsync(_upstream.NextStreamAsync());
        await silent.Gone.InTime();

        await resumed.SendAsync(Comment(2));
        Assert.Equal([1, 2], await _seen.ThroughAsync(2));
    }

    [Fact]
    public async Task What_came_may_be_shown_for_StaleSeconds_after_the_last_byte_though_the_stream_is_still_open()
    {
        await using var subscription = await Videos(_upstream.Address).SubscribeAsync(Video, _seen);
        var stream = await _upstream.NextStreamAsync();
        await stream.SendAsync(Comment(1));
        await _seen.ThroughAsync(1);

        _time.Advance(Stale - TimeSpan.FromSeconds(1));
        await subscription.SyncAsync();
        _time.Advance(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAsync<CommentsUnavailableException>(subscription.SyncAsync);
        await _seen.Stale.InTime();
        await stream.WriteAsync(KeepAlive);
        await Patience.UntilAsync(() => IsFreshAsync(subscription));
    }

    [Fact]
    public async Task Streams_that_open_and_end_again_without_bringing_anything_do_not_make_it_fresh()
    {
        await using var subscription = await Videos(_upstream.Address).SubscribeAsync(Video, _seen);
        var stream = await _upstream.NextStreamAsync();
        await stream.SendAsync(Comment(1));
        await _seen.ThroughAsync(1);

        _upstream.RefusesPages = true;
        // Each of them costs half a second at least.
        for (var i = 0; i < 2 * Stale.TotalSeconds; i++)
        {
            stream.End();
            stream = await _time.WhileItFliesAsync(_upstream.NextStreamAsync());
        }

        await Assert.ThrowsAsync<CommentsUnavailableException>(subscription.SyncAsync);
        _upstream.RefusesPages = false;
        await _time.WhileItFliesAsync(Patience.UntilAsync(() => IsFreshAsync(subscription)));
    }

    [Fact]
    public async Task A_stream_that_was_opened_again_says_nothing_before_it_has_brought_what_was_missed()
    {
        await using var subscription = await Videos(_upstream.Address).SubscribeAsync(Video, _seen);
        var first = await _upstream.NextStreamAsync();
        await first.SendAsync(Comment(1));
        await _seen.ThroughAsync(1);

        _upstream.Log.AddRange([Comment(1), Comment(2)]);
        first.End();
        var second = await _time.WhileItFliesAsync(_upstream.NextStreamAsync());
        _time.Advance(Stale);
        await Assert.ThrowsAsync<CommentsUnavailableException>(subscription.SyncAsync);

        await second.SendAsync(Comment(2));
        await Patience.UntilAsync(async () =>
        {
            await second.WriteAsync(KeepAlive);
            return await IsFreshAsync(subscription);
        });
    }

    [Fact]
    public async Task An_upstream_that_says_that_it_is_stale_is_believed_until_it_is_connected_again()
    {
        await using var subscription = await Videos(_upstream.Address).SubscribeAsync(Video, _seen);
        var stale = await _upstream.NextStreamAsync();

        await stale.WriteAsync("event: stale\ndata: {}\n\n");
        stale.End();
        await _seen.Stale.InTime();
        await Assert.ThrowsAsync<CommentsUnavailableException>(subscription.SyncAsync);

        await _time.WhileItFliesAsync(_upstream.NextStreamAsync());
        await Patience.UntilAsync(() => IsFreshAsync(subscription));
    }

    [Fact]
    public async Task After_a_gap_the_observer_is_told_how_far_the_log_is()
    {
        _upstream.Log.Add(Comment(1));
        var videos = Videos(_upstream.Address);
        await using var subscription = await videos.SubscribeAsync(Video, _seen);
        var stream = await _upstream.NextStreamAsync();

        _upstream.Log.AddRange([.. Enumerable.Range(2, 499).Select(id => Comment(id))]);
        await stream.WriteAsync("event: gap\ndata: {\"after\":\"1\",\"before\":\"501\"}\n\n");
        await stream.SendAsync(Comment(501));

        Assert.Equal([501], await _seen.ThroughAsync(501));
        Assert.Equal([(500, 0), (500, 1)], _seen.Batches.Select(batch => (batch.Follows.Value, batch.Comments.Count)));
        var page = await videos.ReadAsync(Video, new(501), 450);
        Assert.Equal(Enumerable.Range(51, 450).Reverse().Select(id => (long)id), page.Comments.Select(comment => comment.Id.Value));
    }

    [Fact]
    public async Task Settings_are_passed_on_once_also_where_each_stream_begins_with_them_and_a_choice_of_a_later_version_is_the_first_one()
    {
        var subscription = await Videos(_upstream.Address).SubscribeAsync(Video, _seen);
        await using (subscription)
        {
            var first = await _upstream.NextStreamAsync();
            await first.WriteAsync("event: settings\ndata: {\"slowSeconds\":5,\"mayPost\":\"subscribers\",\"state\":\"readOnly\"}\n\n");
            await first.SendAsync(Comment(1));
            await _seen.ThroughAsync(1);
            first.End();
            var second = await _time.WhileItFliesAsync(_upstream.NextStreamAsync());
            await second.WriteAsync("event: settings\ndata: {\"slowSeconds\":5,\"state\":\"readOnly\"}\n\n");
            await second.SendAsync(Comment(2));
            await _seen.ThroughAsync(2);

            var told = Assert.Single(_seen.Batches, batch => batch.Settings is not null).Settings!;
            Assert.Equal((5, MayPost.Everyone, VideoState.ReadOnly), (told.SlowSeconds, told.MayPost, told.State));
            Assert.Equal(told, subscription.Settings);
        }
    }

    [Fact]
    public async Task A_line_of_no_use_costs_the_stream_and_not_the_video()
    {
        await using var subscription = await Videos(_upstream.Address).SubscribeAsync(Video, _seen);
        var bad = await _upstream.NextStreamAsync();
        await bad.WriteAsync("event: news\ndata: of a kind that came later\n\nevent: comment\ndata: {\n\n");

        var good = await _time.WhileItFliesAsync(_upstream.NextStreamAsync());
        await good.SendAsync(Comment(1));

        Assert.Equal([1], await _seen.ThroughAsync(1));
    }

    [Fact]
    public async Task An_upstream_that_stands_still_is_followed_again_when_it_goes_on()
    {
        using var database = new TemporaryDatabase();
        await using var server = await database.ServeAsync(ContractTarget.Settings);
        using var client = new CommentsClient(new(server.Address));
        await using var subscription = await Videos(server.Address).SubscribeAsync(Video, _seen);
        var before = await client.PostAsync($"{Video}");
        await _seen.ThroughAsync(before.Number);

        await server.PauseAsync();
        var posting = client.PostAsync($"{Video}");
        await _time.WhileItFliesAsync(_broken.ReachesAsync(2));
        await server.ContinueAsync();

        var during = await posting;
        Assert.Equal([before.Number, during.Number], await _time.WhileItFliesAsync(_seen.ThroughAsync(during.Number)));
    }

    private static async Task<bool> IsFreshAsync(ILiveVideoSubscription subscription)
    {
        try
        {
            await subscription.SyncAsync();
            return true;
        }
        catch (CommentsUnavailableException)
        {
            return false;
        }
    }

    private readonly Tally _broken = new();

    private EdgeLiveVideos Videos(Uri address)
    {
        var meter = new Meter("test");
        var listener = new MeterListener();
        listener.SetMeasurementEventCallback<long>((instrument, _, _, _) =>
        {
            if (instrument.Name == "livecomments.upstream.breaks") _broken.Increment();
        });
        var metrics = new UpstreamMetrics(meter);
        listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == meter) listener.EnableMeasurementEvents(instrument);
        };
        listener.Start();
        var options = new UpstreamOptions { Address = address, TimeoutSeconds = 5 };
        _client = new(options, new HttpContextAccessor());
        return new(_client, options, _time, new Random(1), metrics, new(_time, NullLogger<UpstreamLog>.Instance));
    }
}
