using System.Net.ServerSentEvents;
using System.Text;
using System.Text.RegularExpressions;

namespace LiveComments.HttpContract.Client;

/// <summary>
/// A viewer of one live video. It has joined once the first line of the stream is here: every comment acknowledged after
/// that reaches it.
/// </summary>
public sealed partial class SseViewer : IDisposable
{
    private readonly HttpResponseMessage _answer;
    private readonly IAsyncEnumerator<SseItem<string>> _events;

    private SseViewer(HttpResponseMessage answer, TimeSpan retry, Stream stream)
    {
        _answer = answer;
        Retry = retry;
        _events = SseParser.Create(stream).EnumerateAsync().GetAsyncEnumerator();
    }

    /// <summary>The <c>retry:</c> that the stream began with.</summary>
    public TimeSpan Retry { get; }

    /// <summary>Reads the first line of the stream, which must be its <c>retry:</c>.</summary>
    public static async Task<SseViewer> JoinAsync(HttpResponseMessage answer)
    {
        answer.EnsureSuccessStatusCode();
        var stream = await answer.Content.ReadAsStreamAsync();
        var match = RetryLine().Match(await ReadLineAsync(stream).InTime());
        Assert.True(match.Success, "The stream does not begin with retry:");
        return new SseViewer(answer, TimeSpan.FromMilliseconds(int.Parse(match.Groups[1].ValueSpan)), stream);
    }

    /// <summary>The next event.</summary>
    /// <exception cref="EndOfStreamException">The server has ended the stream.</exception>
    public async Task<SseItem<string>> NextAsync() =>
        await _events.MoveNextAsync().InTime() ? _events.Current : throw new EndOfStreamException("The server has ended the stream.");

    /// <summary>The next event, which must be a comment.</summary>
    public async Task<PostedComment> NextCommentAsync()
    {
        var item = await NextAsync();
        Assert.Equal("comment", item.EventType);
        var comment = PostedComment.Parse(item.Data);
        Assert.Equal(comment.Id, item.EventId);
        return comment;
    }

    /// <summary>The next event, which must be a removal.</summary>
    public async Task<PostedRemoval> NextRemovalAsync()
    {
        var item = await NextAsync();
        Assert.Equal("comment-removed", item.EventType);
        return PostedRemoval.Parse(item.EventId!, item.Data);
    }

    /// <summary>The next comments, as many as <paramref name="count"/>.</summary>
    public async Task<IReadOnlyList<PostedComment>> TakeAsync(int count)
    {
        var comments = new List<PostedComment>(count);
        while (comments.Count < count)
            comments.Add(await NextCommentAsync());
        return comments;
    }

    /// <summary>The next comments up to and with <paramref name="last"/>.</summary>
    public async Task<IReadOnlyList<PostedComment>> TakeThroughAsync(PostedComment last)
    {
        var comments = new List<PostedComment>();
        do
            comments.Add(await NextCommentAsync());
        while (comments[^1] != last);
        return comments;
    }

    /// <summary>Leaves: closes the connection.</summary>
    public void Dispose() => _answer.Dispose();

    private static async Task<string> ReadLineAsync(Stream stream)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one) == 1 && one[0] != '\n')
            line.Append((char)one[0]);
        return line.ToString();
    }

    [GeneratedRegex(@"\Aretry: ?([0-9]{1,9})\r?\z")]
    private static partial Regex RetryLine();
}
