using System.Net;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;
using LiveComments.WebFrontend.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace LiveComments.WebFrontend.Tests.Audit;

/// <summary>A store that does not take an entry of the audit: what it is about is not done.</summary>
public sealed class AuditFaultTests : IAsyncLifetime
{
    private readonly MemoryStore _store = new();
    private readonly string _video = CommentsClient.NewVideo();
    private WebApplication _app = null!;
    private CommentsClient _client = null!;

    private static string Owner => ContractTarget.Issuer.Token("owner", scope: "comments:post comments:manage", videos: ["*"]);

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = ["--urls", "http://127.0.0.1:0", .. ContractTarget.Settings],
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Services.AddSingleton(new SettingsSource(builder.Configuration));
        builder.Services.AddSingleton<ICommentStore>(_store);
        builder.Services.AddLiveComments().AddInProcessLiveVideos();
        _app = builder.Build();
        _app.MapLiveComments();
        await _app.StartAsync();
        _client = new(new(new Uri(_app.Urls.Single())));
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task What_cannot_be_written_to_the_audit_is_not_done()
    {
        var (guest, authorId) = await _client.BecomeGuestAsync();
        var comment = await _client.PostAsAsync(guest, _video);
        (HttpMethod Method, string Path, string? Body)[] decisions =
        [
            (HttpMethod.Delete, $"/comments/{_video}/{comment.Id}", null),
            (HttpMethod.Post, $"/comments/{_video}/removals", """{"all":true}"""),
            (HttpMethod.Delete, $"/comments/{_video}", null),
            (HttpMethod.Put, $"/comments/{_video}/bans/{authorId}", null),
            (HttpMethod.Delete, $"/comments/{_video}/bans/{authorId}", null),
            (HttpMethod.Patch, $"/comments/{_video}/settings", """{"state":"ended"}"""),
            (HttpMethod.Put, $"/people/{authorId}/ban", null),
            (HttpMethod.Delete, $"/people/{authorId}/ban", null),
            (HttpMethod.Delete, $"/people/{authorId}/comments", null),
        ];
        foreach (var (method, path, body) in decisions)
        {
            // The first append to another log than the video's is that to the audit; whatever came after it would be written.
            var first = 1;
            _store.BeforeOtherAppend = () => Interlocked.Exchange(ref first, 0) == 1
                ? throw new CommentsUnavailableException("disk I/O error", new IOException())
                : Task.CompletedTask;
            using var answer = await _client.SendAsync(method, path, Owner, body);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Equal(0, first);
        }

        Assert.Equal([comment], await _client.HistoryAsync(_video));
        await _client.PostAsAsync(guest, _video, "still there");
        using (var erasure = await _client.ReadAsAsync($"/people/{authorId}/erasure", Owner))
            Assert.Equal(HttpStatusCode.NotFound, erasure.StatusCode);

        await _client.RemoveAsync(comment, Owner);
        using var audit = await _client.ReadAsAsync($"/comments/{_video}/audit", Owner);
        var written = await audit.Content.ReadAsStringAsync();
        Assert.Equal(2, written.Split("\"action\":").Length);
        Assert.Contains("\"action\":\"remove\"", written, StringComparison.Ordinal);
    }
}
