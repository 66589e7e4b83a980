using System.Runtime.InteropServices;

namespace LiveComments.WebFrontend.FanOut;

/// <summary>
/// A counter for frequent adds and rare reads. Each processor has its own cell, so threads do not contend.
/// </summary>
internal sealed class StripedCounter
{
    private readonly Cell[] _cells = new Cell[Environment.ProcessorCount];

    /// <summary>The sum of all that was added.</summary>
    public long Total
    {
        get
        {
            var total = 0L;
            foreach (ref var cell in _cells.AsSpan()) total += Volatile.Read(ref cell.Value);
            return total;
        }
    }

    /// <summary>Adds to the count.</summary>
    public void Add(long value) =>
        Interlocked.Add(ref _cells[Thread.GetCurrentProcessorId() % _cells.Length].Value, value);

    // Two cache lines each, because processors fetch lines in pairs.
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    private struct Cell
    {
        [FieldOffset(0)]
        public long Value;
    }
}
