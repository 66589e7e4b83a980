using LiveComments.WebFrontend.Audit;
using LiveComments.WebFrontend.Identity;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveComments.WebFrontend.Tests.Audit;

/// <summary>Checkpoints: one for each minute in which something was written, and one at the end.</summary>
public sealed class AuditSignerTests : IAsyncLifetime
{
    private static readonly LiveVideoId Video = LiveVideoId.Parse("demo");

    private readonly MemoryStore _store = new();
    private readonly ManualTime _time = new();
    private readonly AuditKey _key = new(new() { Key = AuditKey.Make() });
    private InProcessLiveVideos _videos = null!;
    private AuditChains _chains = null!;
    private AuditSigner _signer = null!;
    private AuditLog _audit = null!;

    public async Task InitializeAsync()
    {
        _videos = new(_store, new(), _time, new(new System.Diagnostics.Metrics.Meter("test")));
        _chains = new(_videos);
        _signer = NewSigner(_key);
        _audit = new(_videos, _signer);
        await _signer.StartedAsync(default);
    }

    public async Task DisposeAsync()
    {
        await _signer.StoppingAsync(default);
        _videos.Dispose();
    }

    [Fact]
    public async Task A_minute_in_which_something_was_written_is_signed_and_others_are_not()
    {
        await NoteAsync();
        await NoteAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
        await Patience.UntilAsync(async () => await CheckpointsAsync() == 1);
        _time.Advance(TimeSpan.FromMinutes(5));
        await _signer.SignAsync();
        Assert.Equal(1, await CheckpointsAsync());

        await NoteAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
        await Patience.UntilAsync(async () => await CheckpointsAsync() == 2);
        Assert.Equal("3 entries, 2 checkpoints", await ProveAsync());
    }

    [Fact]
    public async Task What_another_process_has_signed_is_not_signed_again()
    {
        await NoteAsync();
        using var other = NewSigner(_key);
        other.OnWritten(Video.OfAudit, (await LastAsync()).Entry.Id);
        await _signer.SignAsync();
        await other.SignAsync();
        Assert.Equal(1, await CheckpointsAsync());
    }

    [Fact]
    public async Task What_cannot_be_signed_is_signed_later()
    {
        await NoteAsync();
        _store.BeforeOtherAppend = () => throw new CommentsUnavailableException("disk I/O error");
        await _signer.SignAsync();
        _store.BeforeOtherAppend = () => Task.CompletedTask;
        Assert.Equal(0, await CheckpointsAsync());
        await _signer.SignAsync();
        Assert.Equal("1 entries, 1 checkpoints", await ProveAsync());
    }

    [Fact]
    public async Task What_is_left_is_signed_when_the_program_stops()
    {
        await NoteAsync();
        await _signer.StoppingAsync(default);
        Assert.Equal(1, await CheckpointsAsync());
    }

    [Fact]
    public async Task Without_a_key_nothing_is_signed_and_the_chain_is_there()
    {
        using var signer = NewSigner(new(new()));
        var audit = new AuditLog(_videos, signer);
        await audit.NoteAsync(Video, Moderator, AuditAction.Remove, AuditTarget.Of(new CommentId(1), null), null, null);
        await signer.SignAsync();
        Assert.Equal("1 entries, 0 checkpoints", await ProveAsync());
    }

    [Fact]
    public async Task Pages_of_a_long_audit_have_the_hashes_of_the_whole()
    {
        for (var i = 0; i < 1_234; i++) await NoteAsync();
        var whole = new List<string>();
        await foreach (var entry in _chains.ReadAllAsync(Video.OfAudit)) whole.Add(Convert.ToHexString(entry.Hash));
        Assert.Equal(1_234, whole.Count);
        whole.Reverse();

        // With what was remembered of the whole, and with nothing.
        foreach (var chains in (AuditChains[])[_chains, new(_videos)])
        {
            var paged = new List<string>();
            for (CommentId? next = CommentId.Max; next is { } before;)
            {
                (var entries, next) = await chains.ReadAsync(Video.OfAudit, before, 100);
                paged.AddRange(entries.Select(entry => Convert.ToHexString(entry.Hash)));
            }

            Assert.Equal(whole, paged);
        }

        Assert.Equal("1234 entries, 0 checkpoints", await ProveAsync());
    }

    private static Person Moderator => new()
    {
        Id = new(1),
        GuestSince = null,
        Name = "Grace",
        Scopes = Scopes.Moderate,
        Videos = ["*"],
        IssuersVideos = [],
        Until = default,
    };

    private AuditSigner NewSigner(AuditKey key) => new(key, new(_videos), _time, NullLogger<AuditSigner>.Instance, _videos);

    private Task NoteAsync() =>
        _audit.NoteAsync(Video, Moderator, AuditAction.Remove, AuditTarget.Of(new CommentId(1), null), new("spam", null), null);

    private async Task<ChainedEntry> LastAsync() => (await _chains.ReadAsync(Video.OfAudit, CommentId.Max, 1)).Entries[0];

    private async Task<int> CheckpointsAsync() =>
        (await _videos.ReadAsync(Video.OfAudit, CommentId.Max, 2_000)).Comments.Count(entry => entry.Author == AuditEntry.Server);

    /// <summary>Proves all that there is and gives the beginning of the summary.</summary>
    private async Task<string> ProveAsync()
    {
        var verifier = new AuditVerifier(_key.Private is { } key ? [key] : []);
        await foreach (var entry in _chains.ReadAllAsync(Video.OfAudit))
        {
            var line = System.Text.Json.JsonSerializer.Serialize(ExportedEntry.Of(entry), AuditJson.Context.ExportedEntry);
            Assert.Null(await verifier.TakeAsync(line));
        }

        return string.Join(", ", verifier.Summary.Split(", ")[..2]);
    }
}
