using System.Net;
using System.Reflection;
using LiveComments.Grains.Client;
using LiveComments.Grains.Interfaces;
using LiveComments.Grains.Interfaces.Wire;

namespace LiveComments.Grains.Tests;

/// <summary>Calls to the owner of a video that get no answer, because it was killed.</summary>
public sealed class LostCallTests(TestSilos silos) : IClassFixture<TestSilos>
{
    private static readonly LiveVideoId Id = LiveVideoId.Parse("lost");

    [Fact]
    public async Task A_renewal_that_gets_no_answer_does_not_hold_up_the_next_which_another_owner_answers()
    {
        var (time, seen) = (new ManualTime(), new SeenComments());
        using var link = new FrontendLink(silos.Cluster.Client, TestSilos.Leases, time);
        await link.StartAsync(CancellationToken.None);
        var video = DispatchProxy.Create<ILiveVideoGrain, Owner>();
        var owner = (Owner)(object)video;
        var subscription = await link.BeginAsync(Id, video, seen).InTime();

        link.RenewOf(_ => true);
        Assert.Equal(2, owner.Calls);
        for (var looks = 0; owner.Calls == 2; looks++)
        {
            Assert.InRange(looks, 0, 1_000);
            time.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Yield();
        }

        Assert.Equal([7L], await seen.ThroughAsync(7));
        await subscription.SyncAsync().InTime();
        await link.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_frontend_that_reaches_no_owner_lets_viewers_join_for_half_a_minute_and_no_longer()
    {
        var (time, seen) = (new ManualTime(), new SeenComments());
        using var link = new FrontendLink(silos.Cluster.Client, TestSilos.Leases, time);
        var video = DispatchProxy.Create<ILiveVideoGrain, CutOff>();
        var owner = (CutOff)(object)video;
        var subscription = await link.BeginAsync(Id, video, seen).InTime();

        owner.IsAway = true;
        time.Advance(TimeSpan.FromSeconds(29));
        await subscription.SyncAsync().InTime();
        time.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<CommentsUnavailableException>(() => subscription.SyncAsync().InTime());
        await time.WhileItFliesAsync(seen.Stale).InTime();

        owner.IsAway = false;
        await subscription.SyncAsync().InTime();
        await subscription.DisposeAsync();
    }

    [Fact]
    public async Task Leases_that_began_together_are_not_renewed_together_and_none_late()
    {
        const int Videos = 100;
        var time = new ManualTime();
        time.Advance(TimeSpan.FromSeconds(1));
        var subscriptions = new List<ClusterSubscription>();
        for (var i = 0; i < Videos; i++)
        {
            var owner = DispatchProxy.Create<ILiveVideoGrain, Settled>();
            subscriptions.Add(new(owner, moderates: false, new TestFrontend(), new SeenComments(), time));
            await subscriptions[^1].BeginAsync().InTime();
        }

        var after = TestSilos.Leases.RenewAfter;
        Assert.Equal(0, Due());
        time.Advance(after * 0.9);
        Assert.InRange(Due(), 1, Videos - 1);
        time.Advance(after * 0.1);
        Assert.Equal(Videos, Due());

        foreach (var subscription in subscriptions) await subscription.DisposeAsync();

        int Due() => subscriptions.Count(subscription => subscription.IsDue(after));
    }

    [Fact]
    public async Task Only_those_are_renewed_whose_silo_has_gone_and_of_a_silo_that_may_have_one_is_asked_first()
    {
        var time = new ManualTime();
        time.Advance(TimeSpan.FromSeconds(1));
        using var link = new FrontendLink(silos.Cluster.Client, TestSilos.Leases, time);
        var (here, there) = (Silo(1), Silo(2));
        var owners = new[] { here, here, there, there }.Select(silo =>
        {
            var owner = DispatchProxy.Create<ILiveVideoGrain, Settled>();
            ((Settled)(object)owner).Silo = silo;
            return owner;
        }).ToList();
        foreach (var owner in owners) await link.BeginAsync(Id, owner, new SeenComments()).InTime();

        link.RenewOf(silo => there.Equals(silo));
        Assert.Equal([1, 1, 2, 2], Calls());

        link.Probe();
        Assert.Equal(6 + 2, Calls().Sum());

        // All of it are called once one finds another.
        foreach (var owner in owners.Skip(2)) ((Settled)(object)owner).Silo = here;
        link.Probe();
        Assert.Equal(8 + 1 + 2, Calls().Sum());

        IEnumerable<int> Calls() => owners.Select(owner => ((Settled)(object)owner).Calls);

        static SiloAddress Silo(int number) => SiloAddress.New(IPAddress.Loopback, number, 1);
    }

    /// <summary>Answers, unless it is away.</summary>
    public class CutOff : DispatchProxy
    {
        /// <summary>Whether calls fail.</summary>
        public bool IsAway { get; set; }

        /// <inheritdoc/>
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.Name == nameof(ILiveVideoGrain.UnsubscribeAsync)) return Task.CompletedTask;
            return IsAway
                ? Task.FromException<MissedEntries>(new TimeoutException("No silo has answered."))
                : Task.FromResult(new MissedEntries(new(CommentId.None, []), CommentId.None));
        }
    }

    [Fact]
    public async Task A_renewal_brings_settings_that_were_lost_on_the_way_and_nothing_that_is_known()
    {
        var seen = new SeenComments();
        using var link = new FrontendLink(silos.Cluster.Client, TestSilos.Leases, new ManualTime());
        var video = DispatchProxy.Create<ILiveVideoGrain, Settled>();
        var owner = (Settled)(object)video;
        var subscription = await link.BeginAsync(Id, video, seen).InTime();
        Assert.Equal(owner.Settings, subscription.Settings);
        await subscription.SyncAsync().InTime();
        Assert.Empty(seen.Batches);

        owner.Settings = new() { SlowSeconds = 5, Version = new(8) };
        for (var renewals = 0; renewals < 3; renewals++) await subscription.SyncAsync().InTime();

        Assert.Equal([owner.Settings], seen.Batches.Select(batch => batch.Settings));
    }

    /// <summary>Has no comments, and settings.</summary>
    public class Settled : DispatchProxy
    {
        /// <summary>Those that hold.</summary>
        public VideoSettings Settings { get; set; } = new() { Version = new(7) };

        /// <summary>Where it is.</summary>
        public SiloAddress? Silo { get; set; }

        /// <summary>How often it was called.</summary>
        public int Calls { get; private set; }

        /// <inheritdoc/>
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.Name == nameof(ILiveVideoGrain.UnsubscribeAsync)) return Task.CompletedTask;
            Calls++;
            return Task.FromResult(new MissedEntries(new(CommentId.None, []) { Settings = Settings }, CommentId.None) { Owner = Silo });
        }
    }

    /// <summary>Answers the first call, is killed at the second, and after that is another one, with a comment.</summary>
    public class Owner : DispatchProxy
    {
        /// <summary>How often it was called.</summary>
        public int Calls { get; private set; }

        /// <inheritdoc/>
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => ++Calls switch
        {
            1 => Task.FromResult(new MissedEntries(new(CommentId.None, []), CommentId.None)),
            2 => new TaskCompletionSource<MissedEntries>().Task,
            _ => Task.FromResult(new MissedEntries(
                new(CommentId.None, [new(new(7), Id, "Ada", "of another owner")]), CommentId.None)),
        };
    }
}
