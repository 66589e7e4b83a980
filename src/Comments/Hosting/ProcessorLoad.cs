using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace LiveComments;

/// <summary>
/// How busy the processors are: those that this process may use with its own work, or, where the system says it, the machine's with
/// everybody's. Measured when it is asked for, at most every 100 ms, as a mean of the last second or so. Safe for use by many threads at
/// once.
/// </summary>
public sealed class ProcessorLoad : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Mean = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly Lock _sampling = new();
    private readonly SafeFileHandle? _machine;
    private long _sampled;
    private TimeSpan _used;
    private (double Busy, double All) _ofMachine;
    private double _load;

    /// <summary>Begins with no load.</summary>
    public ProcessorLoad(TimeProvider time)
    {
        _time = time;
        _machine = OpenMachine();
        (_sampled, _used, _ofMachine) = (time.GetTimestamp(), Environment.CpuUsage.TotalTime, ReadMachine());
    }

    /// <summary>The part of the processors that is busy, 0 to 1.</summary>
    public double Current
    {
        get
        {
            if (_time.GetElapsedTime(Volatile.Read(ref _sampled)) >= Every && _sampling.TryEnter())
            {
                try
                {
                    Sample();
                }
                finally
                {
                    _sampling.Exit();
                }
            }

            return Volatile.Read(ref _load);
        }
    }

    /// <summary>Measures no more.</summary>
    public void Dispose() => _machine?.Dispose();

    private void Sample()
    {
        var elapsed = _time.GetElapsedTime(_sampled);
        if (elapsed < Every) return;
        var (now, used, ofMachine) = (_time.GetTimestamp(), Environment.CpuUsage.TotalTime, ReadMachine());
        var own = (used - _used) / (elapsed * Environment.ProcessorCount);
        var everybodys = ofMachine.All > _ofMachine.All ? (ofMachine.Busy - _ofMachine.Busy) / (ofMachine.All - _ofMachine.All) : 0;
        var busy = Math.Clamp(Math.Max(own, everybodys), 0, 1);
        Volatile.Write(ref _load, double.Lerp(_load, busy, Math.Min(1, elapsed / Mean)));
        (_used, _ofMachine) = (used, ofMachine);
        Volatile.Write(ref _sampled, now);
    }

    private static SafeFileHandle? OpenMachine()
    {
        try
        {
            return OperatingSystem.IsLinux() ? File.OpenHandle("/proc/stat") : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A service may not be shown it.
            return null;
        }
    }

    /// <summary>The busy time and all time of the machine's processors since its start, in units of the system; 0 where it says none.</summary>
    private (double Busy, double All) ReadMachine()
    {
        if (_machine is null) return default;
        Span<byte> line = stackalloc byte[256];
        var text = Encoding.ASCII.GetString(line[..RandomAccess.Read(_machine, line, 0)]);
        // proc(5): cpu user nice system idle iowait irq softirq steal, and guest times that are part of the first.
        var times = text.Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8)
            .Select(time => double.Parse(time, CultureInfo.InvariantCulture)).ToArray();
        return times.Length < 5 ? default : (times.Sum() - times[3] - times[4], times.Sum());
    }
}
