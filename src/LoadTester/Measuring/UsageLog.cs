using LiveComments.LoadTester.Linux;

namespace LiveComments.LoadTester.Measuring;

/// <summary>What the server and the load tester itself used at the turning points of a run.</summary>
internal sealed class UsageLog(IReadOnlyList<int> serverPids)
{
    private long _windowStart;
    private TimeSpan _warmUpCpu;

    /// <summary>The load tester's own processes beside this one.</summary>
    public IReadOnlyList<int> Workers { get; set; } = [];

    public bool HasServer => serverPids.Count > 0;

    /// <summary>Before the first viewer connected.</summary>
    public Snapshot Before { get; private set; }

    /// <summary>With all viewers connected, and nothing posted.</summary>
    public Snapshot Connected { get; private set; }

    /// <summary>What the server used before the measuring window.</summary>
    public WarmUpLog WarmUp { get; } = new();

    /// <summary>At the end of the measuring window.</summary>
    public Snapshot End { get; private set; }

    /// <summary>What was used in the measuring window.</summary>
    public Snapshot InWindow { get; private set; }

    /// <summary>How long the measuring window was, as measured.</summary>
    public TimeSpan Window { get; private set; }

    public void TakeBefore() => Before = Take();

    public void TakeConnected() => Connected = Take();

    /// <summary>When the posting starts.</summary>
    public void BeginWarmUp() => _warmUpCpu = ProcessUsage.Of(serverPids).Cpu;

    /// <summary>At the end of each window of the warm-up.</summary>
    public void TakeWarmUp()
    {
        var cpu = ProcessUsage.Of(serverPids).Cpu;
        WarmUp.Add(cpu - _warmUpCpu);
        _warmUpCpu = cpu;
    }

    public void TakeWindowStart()
    {
        InWindow = Take();
        _windowStart = Clock.Now;
    }

    public void TakeWindowEnd()
    {
        End = Take();
        Window = TimeSpan.FromMicroseconds((Clock.Now - _windowStart) / 1e3);
        InWindow = new(End.Server - InWindow.Server, End.Self - InWindow.Self, End.SocketBytes - InWindow.SocketBytes);
    }

    private Snapshot Take() =>
        new(ProcessUsage.Of(serverPids), ProcessUsage.Of([Environment.ProcessId, .. Workers]), SocketMemory.Read());

    /// <param name="Server">Of the server's processes.</param>
    /// <param name="Self">Of the load tester's own.</param>
    /// <param name="SocketBytes">In the TCP buffers of the machine.</param>
    internal readonly record struct Snapshot(ProcessUsage Server, ProcessUsage Self, long SocketBytes);
}
