using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace LiveComments.WebFrontend.Connections;

/// <summary>
/// Fills the server's input from a socket. It stays with the socket when that is detached, and then only waits for its end: what it knew of
/// the server is forgotten.
/// </summary>
internal sealed class SocketReceiver(IConnectionSocket socket)
{
    private const int Receiving = 0;
    private const int Ended = 1;
    private const int Detached = 2;

    // Taken out by its one user at a time: the code that fills it, or the code that completes it.
    private PipeWriter? _input;
    private CancellationTokenSource? _closed;
    private Action? _gone;
    private int _state = Receiving;

    /// <summary>
    /// Fills <paramref name="input"/> until the peer has ended or the connection broke; then completes it and cancels <paramref
    /// name="closed"/>.
    /// </summary>
    public Task RunAsync(PipeWriter input, CancellationTokenSource closed)
    {
        (_input, _closed) = (input, closed);
        return RunAsync();
    }

    /// <summary>
    /// Completes the input. From now on only waits, and calls <paramref name="gone"/> when the peer has gone or sends what nobody waits
    /// for.
    /// </summary>
    public void Detach(Action gone)
    {
        _gone = gone;
        if (Interlocked.CompareExchange(ref _state, Detached, Receiving) == Ended)
        {
            gone();
            return;
        }

        CompleteInput(null);
        _closed = null;
    }

    // Without arguments, because an async method keeps them alive while it runs.
    private async Task RunAsync()
    {
        var failure = await ReceiveAsync();
        if (Interlocked.CompareExchange(ref _state, Ended, Receiving) == Detached)
        {
            _gone!();
            return;
        }

        CompleteInput(failure);
        await _closed!.CancelAsync();
    }

    private async Task<Exception?> ReceiveAsync()
    {
        try
        {
            // While a connection is idle it holds no buffer.
            do await socket.WaitAsync();
            while (await TryFillAsync());
            return null;
        }
        catch (ObjectDisposedException)
        {
            return new ConnectionAbortedException();
        }
        catch (Exception exception) when (SocketErrors.MeansGone(exception))
        {
            return new ConnectionResetException(exception.Message, exception);
        }
    }

    private async ValueTask<bool> TryFillAsync()
    {
        if (Interlocked.Exchange(ref _input, null) is not { } input) return socket.IsQuiet();
        try
        {
            var received = await socket.ReceiveAsync(input.GetMemory(IConnectionSocket.MinReceive));
            if (received == 0) return false;
            input.Advance(received);
            // A server that is done with its input ends the connection; one that lost it by a detach, meanwhile, does not.
            return !(await input.FlushAsync()).IsCompleted || Volatile.Read(ref _state) == Detached;
        }
        finally
        {
            Interlocked.Exchange(ref _input, input);
            if (Volatile.Read(ref _state) == Detached) CompleteInput(null);
        }
    }

    private void CompleteInput(Exception? failure) => Interlocked.Exchange(ref _input, null)?.Complete(failure);
}
