using LiveComments.Grains.Interfaces;
using LiveComments.Grains.Interfaces.Wire;
using static LiveComments.Testing.Drafts;

namespace LiveComments.Grains.Tests;

/// <summary>How the owner of a video adds up the receipts of its removals.</summary>
public sealed class OwnerReceiptTests(TestSilos silos) : IClassFixture<TestSilos>
{
    private readonly string _id = $"video-{Guid.NewGuid():N}";

    private ILiveVideoGrain Video => silos.Cluster.Client.GetGrain<ILiveVideoGrain>(_id);

    [Fact]
    public async Task It_asks_each_frontend_once_and_counts_what_edges_have_reported()
    {
        var (first, second) = (Frontend(viewers: 3), Frontend(viewers: 4));
        foreach (var (_, reference) in (FrontendPlace[])[first, second, second]) await SubscribeAsync(reference);
        var removal = await RemoveOneAsync();
        await Video.ReportReceiptsAsync([new(Guid.NewGuid(), removal, Share(50)), new(Guid.NewGuid(), removal, Share(5))]).InTime();

        var sum = await Video.ReadReceiptAsync(removal).InTime();

        Assert.Equal((62, 62, 2, 2), (sum.Total.WereSent, sum.Total.Told, sum.Total.Relays, sum.Total.RelaysReported));
        Assert.Equal((2, 0, true), (sum.Nodes, sum.NodesMissing, sum.IsComplete));
        Assert.Equal(20, sum.Total.MedianMs);
        KeepAlive(first, second);
    }

    [Fact]
    public async Task A_frontend_that_does_not_answer_is_missing()
    {
        var (first, second) = (Frontend(viewers: 3), Frontend(viewers: 4));
        foreach (var (_, reference) in (FrontendPlace[])[first, second]) await SubscribeAsync(reference);
        var removal = await RemoveOneAsync();
        await second.Frontend.HasAsync(seen => seen.Batches.Any(batch => batch.Removals.Count > 0)).InTime();
        second.Frontend.Answering = new TaskCompletionSource().Task;

        var sum = await Video.ReadReceiptAsync(removal).InTime();

        Assert.Equal((3, 1, 1, false), (sum.Total.WereSent, sum.Nodes, sum.NodesMissing, sum.IsComplete));
        KeepAlive(first, second);
    }

    [Fact]
    public async Task A_frontend_that_comes_back_after_the_removal_is_asked_and_one_that_begins_then_is_not()
    {
        var first = Frontend(viewers: 3);
        var start = await SubscribeAsync(first.Reference);
        var removal = await RemoveOneAsync();
        var (back, begins) = (Frontend(viewers: 4), Frontend(viewers: 5));
        await Video.SubscribeAsync(Guid.NewGuid(), back.Reference, start.Batch.Follows).InTime();
        await SubscribeAsync(begins.Reference);

        var sum = await Video.ReadReceiptAsync(removal).InTime();

        Assert.Equal((7, 2, true), (sum.Total.WereSent, sum.Nodes, sum.IsComplete));
        KeepAlive(first, back, begins);
    }

    [Fact]
    public async Task What_the_owner_or_a_frontend_does_not_know_is_not_complete()
    {
        var frontend = Frontend(viewers: 3);
        await SubscribeAsync(frontend.Reference);
        var removal = await RemoveOneAsync();
        Assert.False((await Video.ReadReceiptAsync(removal.Successor).InTime()).IsComplete);

        frontend.Frontend.Receipt = frontend.Frontend.Receipt with { IsWhole = false };
        Assert.False((await Video.ReadReceiptAsync(removal).InTime()).IsComplete);
        KeepAlive(frontend);
    }

    [Fact]
    public async Task Of_what_an_earlier_owner_has_told_nothing_is_complete_before_all_are_back_who_followed_it()
    {
        var time = new ManualTime();
        var receipts = new OwnerReceipts(LiveVideoId.Parse(_id), TestSilos.Leases.Duration, time);
        var (old, removal) = (CommentId.At(time.GetUtcNow().AddSeconds(-1)), CommentId.At(time.GetUtcNow()));
        receipts.Note(new(CommentId.None, []) { Removals = [new(removal, new([old]))] });
        Assert.False((await receipts.ReadAsync(removal)).IsComplete);

        var back = Frontend(viewers: 2);
        receipts.Follows(Guid.NewGuid(), back.Reference, old);
        time.Advance(TestSilos.Leases.Duration);

        var sum = await receipts.ReadAsync(removal).InTime();
        Assert.Equal((2, 1, true), (sum.Total.WereSent, sum.Nodes, sum.IsComplete));
        KeepAlive(back);
    }

    private async Task<CommentId> RemoveOneAsync()
    {
        var posted = await Video.PostAsync(new([Draft("comment")])).InTime();
        var removed = await Video.RemoveAsync(RemovalCall.Of(RemovalRequest.OfComment(posted.Outcomes[0].Comment!.Id))).InTime();
        return removed.Removal!.Value;
    }

    private Task<MissedEntries> SubscribeAsync(IFrontendObserver reference) =>
        Video.SubscribeAsync(Guid.NewGuid(), reference, null).InTime();

    private FrontendPlace Frontend(int viewers)
    {
        var frontend = new TestFrontend { Receipt = new(Share(viewers), [], IsWhole: true) };
        return new(frontend, silos.Cluster.Client.CreateObjectReference<IFrontendObserver>(frontend));
    }

    private static ReceiptShare Share(int viewers) => new() { WereSent = viewers, Told = viewers, Times = [20, viewers] };

    // Orleans holds observers by weak references only.
    private static void KeepAlive(params FrontendPlace[] places) => GC.KeepAlive(places);

    private sealed record FrontendPlace(TestFrontend Frontend, IFrontendObserver Reference);
}
