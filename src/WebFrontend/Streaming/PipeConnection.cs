using System.IO.Pipelines;

namespace LiveComments.WebFrontend.Streaming;

/// <summary>Writes through the server's own pipe: works with every protocol.</summary>
internal sealed class PipeConnection(PipeWriter pipe) : IViewerConnection
{
    public ValueTask<bool> WriteAsync(StreamBytes bytes)
    {
        var write = pipe.WriteAsync(bytes.Payload);
        return write.IsCompletedSuccessfully ? new(!write.Result.IsCompleted) : FinishAsync(write);
    }

    private static async ValueTask<bool> FinishAsync(ValueTask<FlushResult> write) => !(await write).IsCompleted;
}
