namespace LiveComments.LoadTester.Measuring;

/// <summary>What the server used while it warmed up, in windows of equal length. A server that compiles as it runs takes less and less.</summary>
internal sealed class WarmUpLog
{
    private const double Fall = 0.05;

    private readonly List<double> _cpuSeconds = [];

    /// <summary>CPU time of each window, in seconds.</summary>
    public IReadOnlyList<double> CpuSeconds => _cpuSeconds;

    /// <summary>How long it warmed up.</summary>
    public TimeSpan Length { get; set; }

    /// <summary>Whether the last window took no less than the one before, but for a twentieth.</summary>
    public bool IsSteady => _cpuSeconds is [.., var before, var last] && last >= (1 - Fall) * before;

    public void Add(TimeSpan cpu) => _cpuSeconds.Add(cpu.TotalSeconds);
}
