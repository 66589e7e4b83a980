namespace LiveComments.WebFrontend.Tests;

/// <summary>Lets a test wait until something is true that can only become so when it is told of news.</summary>
internal sealed class Signal
{
    private readonly SemaphoreSlim _told = new(0);

    public void Tell() => _told.Release();

    public async Task UntilAsync(Func<bool> condition)
    {
        while (!condition()) await _told.WaitAsync().InTime();
    }
}
