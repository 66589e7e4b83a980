namespace LiveComments.WebFrontend.Streaming;

/// <summary>The way to one viewer.</summary>
internal interface IViewerConnection
{
    /// <summary>
    /// Sends a chunk, one at a time. Completes at once where the viewer keeps up, later where it is slow; with false when it is gone.
    /// </summary>
    ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> payload);
}
