using LiveComments.WebFrontend.Wire;

namespace LiveComments.WebFrontend.Connections;

/// <summary>The way to one viewer.</summary>
internal interface IViewerConnection
{
    /// <summary>
    /// Sends bytes, all of them, one call at a time. Completes at once if the viewer keeps up, later if it is slow; throws where it
    /// is gone.
    /// </summary>
    ValueTask WriteAsync(SsePayload bytes);

    /// <summary>Breaks the connection off; a write under way fails.</summary>
    void Abort();
}
