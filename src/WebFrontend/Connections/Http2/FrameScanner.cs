using System.Runtime.CompilerServices;

namespace LiveComments.WebFrontend.Connections.Http2;

/// <summary>Finds the frames in what a server sends, in whatever pieces it does. A copy looks ahead.</summary>
internal struct FrameScanner
{
    private Header _header;
    private int _known;
    private int _rest;

    /// <summary>Whether the last piece ended with a frame.</summary>
    public readonly bool IsBetweenFrames => _known == 0 && _rest == 0;

    /// <summary>
    /// Goes on to the end of the next header that ends in <paramref name="bytes"/>, and leaves of them what comes after it.
    /// </summary>
    /// <returns>False if there is none.</returns>
    public bool TryNext(ref ReadOnlySpan<byte> bytes, out FrameHeader header)
    {
        var passed = Math.Min(_rest, bytes.Length);
        _rest -= passed;
        bytes = bytes[passed..];
        var taken = Math.Min(FrameHeader.Size - _known, bytes.Length);
        bytes[..taken].CopyTo(_header[_known..]);
        _known += taken;
        bytes = bytes[taken..];
        header = default;
        if (_known < FrameHeader.Size) return false;
        header = FrameHeader.Read(_header);
        (_known, _rest) = (0, header.Length);
        return true;
    }

    [InlineArray(FrameHeader.Size)]
    private struct Header
    {
        private byte _first;
    }
}
