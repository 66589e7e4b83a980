using LiveComments.Grains.Interfaces;
using LiveComments.Grains.Publishing;
using Orleans.Streams;
using static LiveComments.Testing.Drafts;

namespace LiveComments.Grains.Tests.Publishing;

public sealed class CommentStreamsTests(TestSilos silos) : IClassFixture<TestSilos>
{
    [Fact]
    public async Task A_consumer_in_the_cluster_gets_every_accepted_comment_in_order()
    {
        var id = $"video-{Guid.NewGuid():N}";
        var video = silos.Cluster.Client.GetGrain<ILiveVideoGrain>(id);
        var (consumed, all) = (new List<string>(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await silos.Cluster.Client.GetStreamProvider(TestSilos.StreamProvider)
            .GetStream<Comment>(StreamId.Create(CommentStreams.Namespace, id))
            .SubscribeAsync((comment, _) =>
            {
                consumed.Add(comment.Message);
                if (consumed.Count == 20) all.SetResult();
                return Task.CompletedTask;
            }).InTime();

        for (var i = 0; i < 10; i++) await video.PostAsync(new([Draft($"{2 * i}"), Draft($"{(2 * i) + 1}")])).InTime();

        await all.Task.InTime();
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i}"), consumed);
    }
}
