using System.Collections.Concurrent;

namespace LiveComments.WebFrontend.BrowserTests;

/// <summary>One window with one page. Disposing of it closes it, and fails where the page had an error.</summary>
public sealed class Window : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _errors = [];
    // What the network refuses is logged by the browser itself, and is often the point of the test.
    private readonly List<string> _expected = ["Failed to load resource"];

    internal Window(IPage page)
    {
        Page = page;
        page.PageError += (_, error) =>
        {
            if (!_expected.Any(error.Contains)) _errors.Enqueue(error);
        };
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !_expected.Any(message.Text.Contains))
                _errors.Enqueue(message.Text);
        };
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>The rows of comments that the server has.</summary>
    public ILocator Comments => Page.Locator(".comment[data-id]");

    /// <summary>The box that comments are written in.</summary>
    public ILocator Message => Page.GetByRole(AriaRole.Textbox, new() { Name = "Comment" });

    /// <summary>The button that says how many comments one has not seen, and leads to them.</summary>
    public ILocator ToLatest => Page.Locator(".to-latest");

    /// <summary>Lets the page log errors that speak of this.</summary>
    public void Expect(string error) => _expected.Add(error);

    /// <summary>
    /// Opens the watch page of a video as a viewer who has told a name before, and waits until it is live, or has another status.
    /// </summary>
    public async Task WatchAsync(Uri server, string video, string name = "Ada", string page = "videos", string status = "live")
    {
        await Page.AddInitScriptAsync($"localStorage.setItem('livecomments.author', '{name}')");
        await Page.GotoAsync(new Uri(server, $"/{page}/{video}").ToString());
        await StatusAsync(status);
    }

    /// <summary>Waits until the page says that it is connected.</summary>
    public Task LiveAsync() => StatusAsync("live");

    /// <summary>Waits for a state of the connection.</summary>
    public Task StatusAsync(string status) => Page.Locator($".connection[data-status='{status}']").WaitForAsync();

    /// <summary>Writes a comment and sends it with the Enter key.</summary>
    public async Task SayAsync(string message)
    {
        await Message.FillAsync(message);
        await Message.PressAsync("Enter");
    }

    /// <summary>Waits for the comment with this text.</summary>
    public Task SeesAsync(string message) => Comments.Filter(new() { HasText = message }).First.WaitForAsync();

    /// <summary>The ids of the comments in the document, in their order.</summary>
    public Task<string[]> IdsAsync() =>
        Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.comment[data-id]')].map(row => row.dataset.id)");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Page.Context.CloseAsync();
        Assert.Empty(_errors);
    }
}
