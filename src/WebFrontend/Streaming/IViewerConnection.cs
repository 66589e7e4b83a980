namespace LiveComments.WebFrontend.Streaming;

/// <summary>The way to one viewer.</summary>
internal interface IViewerConnection
{
    /// <summary>
    /// Sends bytes, all of them, one call at a time. Completes at once where the viewer keeps up, later where it is slow; with false, or an
    /// exception, when it is gone.
    /// </summary>
    ValueTask<bool> WriteAsync(StreamBytes bytes);
}
