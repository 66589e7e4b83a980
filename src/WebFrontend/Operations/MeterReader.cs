using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace LiveComments.WebFrontend.Operations;

/// <summary>
/// Reads the instruments of our meter, as an exporter does: what the operator page shows is what telemetry sends.
/// </summary>
internal sealed class MeterReader : IDisposable
{
    private readonly ConcurrentDictionary<string, Sum> _sums = [];
    private readonly ConcurrentDictionary<string, LatencyWindow> _latencies = [];
    private readonly MeterListener _listener = new();

    /// <summary>Begins to read <paramref name="meter"/>.</summary>
    public MeterReader(Meter meter)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (!ReferenceEquals(instrument.Meter, meter)) return;
            listener.EnableMeasurementEvents(
                instrument, instrument is Histogram<double> ? Latency(instrument.Name) : SumOf(instrument.Name));
        };
        _listener.SetMeasurementEventCallback<long>(static (instrument, value, tags, sum) => ((Sum)sum!).Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>(static (instrument, value, tags, sum) => ((Sum)sum!).Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, seconds, _, window) =>
            ((LatencyWindow)window!).Record(TimeSpan.FromSeconds(seconds)));
        _listener.Start();
    }

    /// <summary>Asks the instruments that are only read when asked.</summary>
    public void Observe() => _listener.RecordObservableInstruments();

    /// <summary>The total of a counter, or the value of a gauge.</summary>
    public long Total(string instrument) => SumOf(instrument).Total;

    /// <summary>The totals of a counter by reason.</summary>
    public IEnumerable<KeyValuePair<string, long>> ByReason(string instrument) => SumOf(instrument).ByReason;

    /// <summary>The window of a histogram.</summary>
    public LatencyWindow Latency(string instrument) => _latencies.GetOrAdd(instrument, _ => new());

    public void Dispose() => _listener.Dispose();

    private Sum SumOf(string instrument) => _sums.GetOrAdd(instrument, _ => new());

    private sealed class Sum
    {
        private readonly ConcurrentDictionary<string, long> _byReason = [];
        private long _total;

        public long Total => Interlocked.Read(ref _total);

        public IEnumerable<KeyValuePair<string, long>> ByReason => _byReason;

        public void Take(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            // An observable instrument reports its value, the others their change.
            if (instrument.IsObservable) Interlocked.Exchange(ref _total, value);
            else Interlocked.Add(ref _total, value);
            if (tags is [{ Value: string reason }]) _byReason.AddOrUpdate(reason, value, (_, sum) => sum + value);
        }
    }
}
