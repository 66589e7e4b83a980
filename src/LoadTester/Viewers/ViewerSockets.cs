using LiveComments.LoadTester.Connections;
using LiveComments.LoadTester.Linux;
using LiveComments.LoadTester.Measuring;

namespace LiveComments.LoadTester.Viewers;

/// <summary>The sockets of one thread's viewers: waits until some can be read, and reads them into one buffer.</summary>
internal sealed class ViewerSockets(ViewerContext context) : IDisposable
{
    private const int BufferSize = 64 * 1024;

    private readonly Epoll _epoll = new();
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(BufferSize, pinned: true);

    // A viewer that is gone closed its socket, so nothing is heard of it until the number is given to another.
    private Viewer[] _byDescriptor = [];

    public void Add(Viewer viewer)
    {
        var descriptor = viewer.Connection.Descriptor;
        if (descriptor >= _byDescriptor.Length) Array.Resize(ref _byDescriptor, Math.Max(descriptor + 1, _byDescriptor.Length * 2));

        _byDescriptor[descriptor] = viewer;
        _epoll.Watch(descriptor);
    }

    /// <summary>Waits for something to read, at most the given time, and reads all that is there.</summary>
    public void Turn(int milliseconds)
    {
        var count = _epoll.Wait(milliseconds);
        var start = context.Now = Clock.Now;
        for (var i = 0; i < count; i++)
        {
            var ready = _epoll[i];
            Serve(_byDescriptor[ready.Descriptor], ready.HungUp);
        }

        if (count > 0 && context.Window?.Contains(start) == true) context.Totals.ReadTurns.Record(Clock.Now - start);
    }

    /// <summary>Reads what a viewer has been sent.</summary>
    /// <param name="viewer">The viewer.</param>
    /// <param name="toTheEnd">Read until nothing is left, as no further event will tell of it.</param>
    public void Receive(Viewer viewer, bool toTheEnd)
    {
        var connection = viewer.Connection;
        toTheEnd |= connection.ReadsInPieces;
        int length;
        do
        {
            length = connection.Receive(_buffer);
            context.Now = Clock.Now;
            if (length > 0)
            {
                CountRead(length);
                viewer.Read(_buffer.AsSpan(0, length));
            }
            else if (length != -TcpSocket.WouldBlock)
            {
                viewer.EndOfStream(-length);
            }
        }
        while (length > 0 && viewer.State != ViewerState.Gone && !viewer.IsStalled && (toTheEnd || length == BufferSize));
    }

    public void Dispose() => _epoll.Dispose();

    private void Serve(Viewer viewer, bool hungUp)
    {
        if (viewer.State == ViewerState.Connecting) viewer.SendRequest();

        if (viewer.State != ViewerState.Gone && !viewer.IsStalled) Receive(viewer, hungUp);
    }

    private void CountRead(int length)
    {
        if (context.Window?.Contains(context.Now) == true)
        {
            context.Totals.BytesInWindow += length;
            context.Totals.ReadsInWindow++;
        }
    }
}
