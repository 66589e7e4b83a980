using System.Diagnostics;
using System.Text.Json;
using LiveComments.LoadTester.CommandLine;
using LiveComments.LoadTester.Viewers;

namespace LiveComments.LoadTester.Crowd;

/// <summary>A worker process, seen from the one that started it.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<ViewerTotals> _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;
    private CrowdProgress _progress;

    public WorkerProcess(WorkerSetup setup)
    {
        var host = Environment.ProcessPath!;
        var start = new ProcessStartInfo(host) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(host) == "dotnet") start.ArgumentList.Add(typeof(WorkerProcess).Assembly.Location);

        start.ArgumentList.Add(CrowdWorker.Command);
        _process = Process.Start(start)!;
        Send(setup);
        _reading = ReadReportsAsync();
    }

    public int Pid => _process.Id;

    public CrowdProgress Progress
    {
        get
        {
            lock (_connected) return _progress;
        }
    }

    public Task Connected => _connected.Task;

    public Task<ViewerTotals> Finished => _finished.Task;

    public void Send<T>(T message)
    {
        try
        {
            _process.StandardInput.WriteLine(JsonSerializer.Serialize(message));
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            // It ended; the caller that waits for it is told.
        }
    }

    public async ValueTask DisposeAsync()
    {
        // The worker ends with its input.
        _process.StandardInput.Close();
        await _reading;
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task ReadReportsAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            var report = JsonSerializer.Deserialize<WorkerReport>(line)!;
            lock (_connected) _progress = report.Progress ?? _progress;

            if (report.IsConnected) _connected.TrySetResult();

            if (report.Totals is { } totals) _finished.TrySetResult(totals);
        }

        var ended = new LoadTestException($"Worker process {_process.Id} ended early.", ExitCode.Failed);
        _connected.TrySetException(ended);
        _finished.TrySetException(ended);
    }
}
