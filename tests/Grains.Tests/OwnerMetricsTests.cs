using System.Diagnostics.Metrics;
using System.Reflection;
using LiveComments.Grains.Interfaces;
using Microsoft.Extensions.DependencyInjection;
using static LiveComments.Testing.Drafts;

namespace LiveComments.Grains.Tests;

/// <summary>What silos count, and the names by which nodes of several versions know their grains.</summary>
public sealed class OwnerMetricsTests(TestSilos silos) : IClassFixture<TestSilos>
{
    [Fact]
    public async Task Owners_and_ended_subscriptions_are_counted()
    {
        var (gate, counts) = (new Lock(), new Dictionary<string, long>());
        // Silos of other tests have meters of the same name.
        var meters = silos.Cluster.Silos
            .Select(silo => silo.ServiceProvider.GetRequiredKeyedService<Meter>(CommentMetrics.MeterName)).ToHashSet();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (meters.Contains(instrument.Meter)) listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var name = instrument.Name + string.Concat(tags.ToArray().Select(tag => $",{tag.Value}"));
            lock (gate) counts[name] = counts.GetValueOrDefault(name) + value;
        });
        listener.Start();
        var frontend = new TestFrontend();
        var reference = silos.Cluster.Client.CreateObjectReference<IFrontendObserver>(frontend);
        var video = silos.Cluster.Client.GetGrain<ILiveVideoGrain>($"video-{Guid.NewGuid():N}");
        var subscription = Guid.NewGuid();
        await video.SubscribeAsync(subscription, reference, null).InTime();
        Assert.Equal(1, Count(SubscriptionMetrics.OwnersName));

        var hanging = new TaskCompletionSource();
        frontend.Answering = hanging.Task;
        await video.PostAsync(new([Draft("under way")])).InTime();
        Assert.Equal(1, Count(SubscriptionMetrics.UnderWayName));
        hanging.SetException(new InvalidOperationException("A defect of the frontend."));
        await frontend.HasAsync(seen => seen.Moved.Contains(subscription)).InTime();

        Assert.Equal((0, 1), (Count(SubscriptionMetrics.UnderWayName), Count($"{SubscriptionMetrics.EndedName},failed")));
        GC.KeepAlive(frontend);

        long Count(string name)
        {
            lock (gate) return counts.GetValueOrDefault(name);
        }
    }

    [Fact]
    public void Each_grain_has_a_name_of_its_own_that_stays_if_its_class_is_renamed()
    {
        var names = typeof(SubscriptionMetrics).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(Grain)))
            .Select(type => type.GetCustomAttribute<GrainTypeAttribute>()?.GetGrainType(null!, type).ToString() ?? $"{type.Name} has none");

        // Nodes of earlier versions know them by these.
        Assert.Equal(["erasures", "livevideo", "logreader", "sitebans"], names.Order());
    }
}
