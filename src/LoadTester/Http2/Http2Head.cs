using LiveComments.LoadTester.Http;

namespace LiveComments.LoadTester.Http2;

/// <summary>The heads of a response: interim ones, the final one and trailers, each in a frame of headers and what continues it.</summary>
internal struct Http2Head
{
    private const int MaxLength = 64 * 1024;

    private PooledBytes _block;
    private bool _isLast;

    /// <summary>The status of the final head; 0 before it.</summary>
    public int Status { get; private set; }

    /// <summary>Whether the frame before was a part: then nothing but the next part may follow.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Whether the stream ended with a head that is complete.</summary>
    public readonly bool EndsStream => _isLast && !IsCut;

    /// <summary>Takes a frame of headers, or one that continues it. False if it cannot be read.</summary>
    public bool TryTake(Frame frame, ReadOnlySpan<byte> payload)
    {
        if (frame.Type == FrameType.Headers)
        {
            _isLast = frame.Has(Frame.EndStream);
            var start = (frame.Has(Frame.Padded) ? 1 : 0) + (frame.Has(Frame.Priority) ? 5 : 0);
            var padding = frame.Has(Frame.Padded) && payload.Length > 0 ? payload[0] : 0;
            if (start + padding > payload.Length) return false;
            payload = payload[start..^padding];
        }

        _block.Append(payload);
        IsCut = !frame.Has(Frame.EndHeaders);
        return IsCut ? _block.Length <= MaxLength : TryEnd();
    }

    /// <summary>Gives back what is held.</summary>
    public void Clear() => _block.Clear();

    private bool TryEnd()
    {
        var isRead = HeaderBlock.TryReadStatus(_block.Span, out var status);
        _block.Clear();
        // Trailers have no status.
        if (!isRead || (Status == 0 && status == 0)) return false;
        if (Status == 0 && status >= 200) Status = status;
        return true;
    }
}
