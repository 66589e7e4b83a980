using LiveComments.LoadTester.Measuring;
using LiveComments.LoadTester.Viewers;

namespace LiveComments.LoadTester.Crowd;

/// <summary>All the viewers of a run, in this process or in several.</summary>
internal interface ICrowd : IAsyncDisposable
{
    /// <summary>The processes that hold the viewers beside this one.</summary>
    IReadOnlyList<int> WorkerPids { get; }

    /// <summary>Where the viewers stand.</summary>
    CrowdProgress Progress { get; }

    /// <summary>Ends once every viewer is connected, or has failed to; they begin with the making of the crowd.</summary>
    Task Connected { get; }

    /// <summary>Tells when posting starts, and with it churn.</summary>
    void BeginWindow(MeasuringWindow window);

    /// <summary>
    /// Waits until the viewers have what was posted, until this time (<see cref="Clock"/>) at most, and disconnects them.
    /// </summary>
    Task<ViewerTotals> DrainAsync(long until);
}
