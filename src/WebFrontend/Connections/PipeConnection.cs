using System.IO.Pipelines;
using LiveComments.WebFrontend.Wire;

namespace LiveComments.WebFrontend.Connections;

/// <summary>Writes through the server's own pipe: works with every protocol.</summary>
internal sealed class PipeConnection(HttpContext context) : IViewerConnection
{
    public ValueTask WriteAsync(SsePayload bytes)
    {
        var flush = context.Response.BodyWriter.WriteAsync(bytes.Bytes);
        if (!flush.IsCompletedSuccessfully) return AwaitAsync(flush);
        ThrowIfGone(flush.Result);
        return default;
    }

    public void Abort() => context.Abort();

    private static async ValueTask AwaitAsync(ValueTask<FlushResult> flush) => ThrowIfGone(await flush);

    private static void ThrowIfGone(FlushResult result)
    {
        if (result.IsCompleted || result.IsCanceled) throw new IOException("The viewer is gone.");
    }
}
