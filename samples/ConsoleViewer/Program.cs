using LiveComments.Client;

if (args is not [var server, var video, ..])
{
    Console.Error.WriteLine("Usage: ConsoleViewer <server> <video> [<your name>]     as: ConsoleViewer http://localhost:5000 demo Ada");
    return 1;
}

using var ended = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    ended.Cancel();
};

// Where somebody is signed in, the token is in the environment; a site would ask its own server for it.
using var client = new LiveCommentsClient(new()
{
    Server = new(server),
    Token = Environment.GetEnvironmentVariable("LIVECOMMENTS_TOKEN") is { } token ? (_, _) => new(token) : null,
});

// With a name, each line that is typed is posted.
if (args is [_, _, var name, ..]) _ = Task.Run(() => WriteAsync(name));

try
{
    await foreach (var told in client.FollowAsync(video, cancellation: ended.Token)) Console.WriteLine(Line(told));
    return 0;
}
catch (OperationCanceledException) when (ended.IsCancellationRequested)
{
    return 0;
}
catch (ProblemException problem)
{
    Console.Error.WriteLine($"{problem.Status} {problem.Type}: {problem.Message}");
    return 1;
}

async Task WriteAsync(string author)
{
    while (await Console.In.ReadLineAsync(ended.Token) is { } message)
    {
        try
        {
            var result = await client.PostAsync(video, message, author, cancellation: ended.Token);
            if (!result.IsPublished) Console.WriteLine("# A moderator is to see it first.");
        }
        catch (ProblemException problem)
        {
            Console.WriteLine($"# Not sent: {problem.Message}");
        }
    }
}

// What people write may hold control characters of a terminal.
static string Line(LiveEvent told) => told switch
{
    CommentEvent { Comment: var comment } =>
        Plain($"{comment.CreatedAt:HH:mm:ss} {comment.Author}{(comment.Verified ? " ✓" : "")}: {comment.Message}"),
    RemovalEvent { Removed: var removed } => $"# Removed: {(removed.Ids is { } ids ? $"{ids.Count} comments" : "a range of comments")}",
    GapEvent gap => $"# Not sent: comments between {gap.After} and {gap.Before}",
    SettingsEvent { Settings: var settings } => $"# Settings: {settings}",
    ConnectionEvent { State: ConnectionState.Live } => "# Live",
    ConnectionEvent { RetryIn: var wait, Problem: var problem } =>
        $"# Lost; it tries again in {wait?.TotalSeconds:F1} s. {Plain(problem?.Message ?? "")}",
    _ => "# Something that this version does not know",
};

static string Plain(string text) => string.Concat(text.Select(one => char.IsControl(one) ? ' ' : one));
