using System.Net.ServerSentEvents;
using System.Text.Json;
using LiveComments.WebFrontend.FanOut;
using LiveComments.WebFrontend.Feed;
using LiveComments.WebFrontend.Wire;

namespace LiveComments.WebFrontend.Tests;

/// <summary>A viewer of a feed, and what stands on its screen: it takes back what it is told to, also what a gap names.</summary>
internal sealed class Screen
{
    private CommentFeed _feed;
    private readonly int _backlog;
    private readonly List<Comment> _shown = [];
    private readonly List<SseItem<string>> _events = [];
    private Viewer _viewer;
    private RecordingConnection _connection = new();
    private int _taken;

    public Screen(CommentFeed feed, int backlog, CommentId? after = null)
    {
        (_feed, _backlog) = (feed, backlog);
        _viewer = new(_connection, feed, feed.Begin(after, backlog), StreamingParts.Metrics);
        if (after is { } last) Last = last;
    }

    /// <summary>What it shows.</summary>
    public IReadOnlyList<Comment> Shown => _shown;

    /// <summary>All events that it was sent.</summary>
    public IReadOnlyList<SseItem<string>> Events => _events;

    /// <summary>The id of its last event that had one.</summary>
    public CommentId? Last { get; private set; }

    /// <summary>From which id on it should have everything.</summary>
    public CommentId WholeFrom { get; private set; } = CommentId.Max;

    /// <summary>Reads all that there is for it.</summary>
    public void Read()
    {
        _viewer.Pump();
        foreach (var item in _connection.Events.Skip(_taken))
        {
            _taken++;
            _events.Add(item);
            Take(item);
        }
    }

    /// <summary>Comes back with the last id that it has, to another node if it is given.</summary>
    public void Return(CommentFeed? other = null)
    {
        _feed = other ?? _feed;
        (_connection, _taken) = (new(), 0);
        _viewer = new(_connection, _feed, _feed.Begin(Last, _backlog), StreamingParts.Metrics);
    }

    private void Take(SseItem<string> item)
    {
        if (item.EventType == "gap")
        {
            var gap = JsonSerializer.Deserialize(item.Data, WireJson.Context.Gap)!;
            WholeFrom = gap.Before;
            if (gap.Reset) _shown.Clear();
            _shown.RemoveAll(comment => gap.Removed?.Contains(comment.Id) == true);
            return;
        }

        if (item.EventType == "comment-removed"
            && JsonSerializer.Deserialize(item.Data, WireJson.Context.RemovedComments)! is { Early: not null } early)
        {
            _shown.RemoveAll(early.Include);
            return;
        }

        if (item.EventType == "settings") return;
        Assert.True(CommentId.TryParse(item.EventId, out var id));
        Assert.True(Last is null || id > Last, $"{id} after {Last}");
        Last = id;
        if (WholeFrom == CommentId.Max) WholeFrom = id;
        if (item.EventType == "comment") _shown.Add(JsonSerializer.Deserialize(item.Data, WireJson.Context.Comment)!);
        else _shown.RemoveAll(JsonSerializer.Deserialize(item.Data, WireJson.Context.RemovedComments)!.Include);
    }
}
