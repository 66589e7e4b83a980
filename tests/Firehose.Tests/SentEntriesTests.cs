using System.Text;

namespace LiveComments.Firehose.Tests;

/// <summary>What leaves the site of each kind of entry, and what does not.</summary>
public sealed class SentEntriesTests
{
    private static readonly LiveVideoId Video = LiveVideoId.Parse("show-1");
    private static readonly AuthorId Ada = new(0x1234_5678);
    private static readonly AuthorId Address = new(0x7654_3210);

    private readonly MemoryStore _store = new();
    private readonly ManualTime _time = new();
    private readonly MemoryReceiver _receiver = new();

    [Fact]
    public async Task Removals_and_settings_are_sent_as_viewers_are_told_them()
    {
        await using var node = await Node().BeginAsync();
        var first = (await node.PostAsync(Video, 1))[0];
        await node.Videos.RemoveAsync(Video, RemovalRequest.OfComment(new(first)));
        await node.Videos.RemoveAsync(Video, RemovalRequest.OfSettings(new() { SlowSeconds = 5, DelaySeconds = 3 }));
        await ArriveAsync("comment-removed", "settings");
        Assert.Equal($$"""{"ids":["{{first}}"]}""", DataOf("comment-removed"));
        var settings = DataOf("settings");
        Assert.Contains("\"slowSeconds\":5", settings, StringComparison.Ordinal);
        Assert.DoesNotContain("publicUpTo", settings, StringComparison.Ordinal);
        Assert.StartsWith("show-1.settings/", EntryOf("settings").Id, StringComparison.Ordinal);
        Assert.Equal(Video, EntryOf("settings").LiveVideoId);
    }

    [Fact]
    public async Task A_ban_of_a_person_says_who_and_that_of_an_address_does_not()
    {
        await using var node = await Node().BeginAsync();
        await node.Videos.PostAsync(Video, Drafts.Draft("By Ada", person: Ada).OfGuestAt(Address));
        await node.Videos.PostAsync(Video, Guest("By a guest"));
        var ban = new Ban(Ada, _time.GetUtcNow(), Reason: "spam") { HoldsAddress = true };
        await node.Videos.RemoveAsync(Video, RemovalRequest.OfBan(ban, from: null));
        await ArriveAsync("ban");
        Assert.Equal($$"""{"reason":"spam","authorId":"{{Ada}}"}""", DataOf("ban"));
        await node.Videos.RemoveAsync(Video, RemovalRequest.OfBan(new(Address, _time.GetUtcNow(), Reason: "noise"), from: null));
        await _time.WhileItFliesAsync(Patience.UntilAsync(() => Task.FromResult(_receiver.Entries.Count(entry => entry.Type == "ban") == 2)));
        Assert.DoesNotContain(
            _receiver.Entries, entry => Encoding.UTF8.GetString(entry.Data.Span).Contains(Address.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_text_that_is_removed_before_it_was_sent_never_leaves()
    {
        await using var node = await Node().BeginAsync();
        _receiver.IsAway = true;
        var ids = await node.PostAsync(Video, 3);
        await _time.WhileItFliesAsync(_receiver.TriesAsync(1));
        await node.Videos.RemoveAsync(Video, RemovalRequest.OfComment(new(ids[1])));
        _receiver.IsAway = false;
        await ArriveAsync("comment-removed");
        Assert.Equal([ids[0], ids[2]], _receiver.Entries.Where(entry => entry.Type == "comment").Select(entry => long.Parse(entry.Id[7..])));
    }

    private static CommentDraft Guest(string message) =>
        CommentDraft.TryCreate("Guest", message, null, AuthorIdentity.OfAddress(Address), out var draft, out _)
            ? draft
            : throw new ArgumentException("no draft", nameof(message));

    private FirehoseEntry EntryOf(string type) => _receiver.Entries.Single(entry => entry.Type == type);

    private string DataOf(string type) => Encoding.UTF8.GetString(EntryOf(type).Data.Span);

    private Task ArriveAsync(params string[] types) => _time.WhileItFliesAsync(Patience.UntilAsync(() =>
        Task.FromResult(types.All(type => _receiver.Entries.Any(entry => entry.Type == type)))));

    private HoseNode Node() => new(_store, _receiver, _time);
}
