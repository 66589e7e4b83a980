using System.Net;
using System.Text.Json;
using LiveComments.HttpContract.Client;

namespace LiveComments.HttpContract;

/// <summary>The audit: what moderators and owners decide is written down, for moderators alone.</summary>
public abstract class AuditContract(ContractTarget target) : ContractTests(target)
{
    // Of each test, so that nobody else's decisions are taken for its own.
    private readonly string _name = $"Mod {Guid.NewGuid():N}";

    private string Moderator => ContractTarget.Issuer.Token("moderator", _name, "comments:post comments:moderate");

    private string Owner => ContractTarget.Issuer.Token("owner", _name, "comments:manage", videos: ["*"]);

    [Fact]
    public async Task Each_decision_is_an_entry_and_no_text_of_an_author_is_in_it()
    {
        var (guest, authorId) = await Client.BecomeGuestAsync();
        var comment = await Client.PostAsAsync(guest, Video, "an unrepeatable text");
        await DoAsync(HttpMethod.Delete, $"/comments/{Video}/{comment.Id}", Moderator, """{"reason":"spam","note":"\"third\" time"}""");
        await DoAsync(HttpMethod.Post, $"/comments/{Video}/removals", Moderator, $$"""{"authorId":"{{authorId}}","since":"PT10M"}""");
        await DoAsync(HttpMethod.Put, $"/comments/{Video}/bans/{authorId}", Moderator, """{"until":"PT10M","reason":"spam"}""");
        await DoAsync(HttpMethod.Delete, $"/comments/{Video}/bans/{authorId}", Moderator);
        await DoAsync(HttpMethod.Patch, $"/comments/{Video}/settings", Moderator, """{"slowSeconds":30}""");
        await DoAsync(HttpMethod.Delete, $"/comments/{Video}", Owner);

        var (entries, text) = await ReadAsync();

        Assert.DoesNotContain("unrepeatable", text, StringComparison.Ordinal);
        Assert.Equal(["remove-many", "settings", "lift", "ban", "remove-many", "remove"], entries.Select(entry => Text(entry, "action")));
        var removal = entries[^1];
        Assert.Equal(comment.Id, Text(removal.GetProperty("target"), "comment"));
        Assert.Equal(authorId, Text(removal.GetProperty("target"), "authorId"));
        Assert.Equal("spam", Text(removal, "reason"));
        Assert.Equal("\"third\" time", Text(removal, "note"));
        Assert.Equal(_name, Text(removal.GetProperty("by"), "name"));
        Assert.Equal(11, Text(removal.GetProperty("by"), "authorId").Length);
        Assert.Equal(authorId, Text(entries[^2].GetProperty("target"), "authorId"));
        Assert.Equal(30, entries[1].GetProperty("details").GetProperty("slowSeconds").GetInt32());
        Assert.Equal(entries.Count, entries.Select(entry => Text(entry, "hash")).Distinct().Count());
    }

    [Fact]
    public async Task What_authors_do_to_their_own_comments_is_not_in_it()
    {
        var (guest, _) = await Client.BecomeGuestAsync();
        await Client.RemoveAsync(await Client.PostAsAsync(guest, Video), guest);
        Assert.Empty((await ReadAsync()).Entries);
    }

    [Fact]
    public async Task Moderators_are_named_nowhere_else()
    {
        using var viewer = await Client.WatchAsync(Video);
        var comment = await Client.PostAsync(Video);
        await Client.RemoveAsync(comment, Moderator);
        var last = await Client.PostAsync(Video, "last");

        var seen = "";
        while (!seen.Contains(last.Id, StringComparison.Ordinal)) seen += (await viewer.NextAsync()).Data;
        seen += await Client.Reads.GetStringAsync($"/comments/{Video}?removals=true");
        using var found = await Client.Reads.GetAsync($"/comments/{Video}/{comment.Id}");
        seen += await found.Content.ReadAsStringAsync();
        Assert.DoesNotContain(_name, seen, StringComparison.Ordinal);
        var moderator = Text((await ReadAsync()).Entries[0].GetProperty("by"), "authorId");
        Assert.DoesNotContain(moderator, seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_hang_together_and_hashes_do_not_depend_on_them()
    {
        for (var i = 0; i < 5; i++)
            await DoAsync(HttpMethod.Patch, $"/comments/{Video}/settings", Moderator, $$"""{"slowSeconds":{{i}}}""");
        var (all, _) = await ReadAsync();

        var paged = new List<JsonElement>();
        string? cursor = null;
        do
        {
            var page = await PageAsync($"?limit=2{(cursor is null ? "" : $"&cursor={cursor}")}");
            paged.AddRange(page.GetProperty("entries").EnumerateArray());
            cursor = page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);

        Assert.Equal(all.Select(entry => Text(entry, "hash")), Decisions(paged).Select(entry => Text(entry, "hash")));
    }

    [Fact]
    public async Task Only_moderators_read_it_and_only_owners_that_of_all_videos()
    {
        using (var nobody = await Client.ReadAsAsync($"/comments/{Video}/audit", null)) await RefusedAsync(nobody, 401, "token-needed");
        using (var viewer = await Client.ReadAsAsync($"/comments/{Video}/audit", ContractTarget.Issuer.Token()))
            await RefusedAsync(viewer, 403, "insufficient-scope");
        using (var moderator = await Client.ReadAsAsync("/people/audit", Moderator)) await RefusedAsync(moderator, 403, "insufficient-scope");
        using (var cursor = await Client.ReadAsAsync($"/comments/{Video}/audit?cursor=x", Moderator))
            await RefusedAsync(cursor, 400, "invalid-parameter");
        using (var limit = await Client.ReadAsAsync($"/comments/{Video}/audit?limit=0", Moderator))
            await RefusedAsync(limit, 400, "invalid-parameter");
        // It is no video.
        using (var log = await Client.ReadAsAsync($"/comments/{Video}.audit", Moderator)) await RefusedAsync(log, 400, "invalid-live-video-id");
    }

    [Fact]
    public async Task What_is_decided_on_all_videos_is_in_an_audit_of_its_own()
    {
        var (_, authorId) = await Client.BecomeGuestAsync();
        await DoAsync(HttpMethod.Put, $"/people/{authorId}/ban", Owner, """{"until":"PT10M","reason":"spam"}""");
        await DoAsync(HttpMethod.Delete, $"/people/{authorId}/ban", Owner);
        await DoAsync(HttpMethod.Delete, $"/people/{authorId}/comments", Owner);

        using var answer = await Client.ReadAsAsync("/people/audit?limit=200", Owner);
        using var page = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var own = page.RootElement.GetProperty("entries").EnumerateArray()
            .Where(entry => entry.TryGetProperty("by", out var by) && by.TryGetProperty("name", out var name) && name.GetString() == _name);
        Assert.Equal(["erase", "site-lift", "site-ban"], own.Select(entry => Text(entry, "action")));
        Assert.Empty((await ReadAsync()).Entries);
    }

    [Fact]
    public async Task The_public_key_is_for_anybody()
    {
        using var keys = JsonDocument.Parse(await Client.Reads.GetStringAsync("/audit/keys"));
        foreach (var key in keys.RootElement.GetProperty("keys").EnumerateArray())
        {
            Assert.Equal("P-256", Text(key, "crv"));
            Assert.False(key.TryGetProperty("d", out _));
        }
    }

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;

    private static IReadOnlyList<JsonElement> Decisions(IEnumerable<JsonElement> entries) =>
        [.. entries.Where(entry => Text(entry, "action") != "checkpoint")];

    private static async Task RefusedAsync(HttpResponseMessage answer, int status, string type) =>
        Assert.EndsWith($":{type}", (await Problem.ReadAsync((HttpStatusCode)status, answer)).Type, StringComparison.Ordinal);

    private async Task<(IReadOnlyList<JsonElement> Entries, string Text)> ReadAsync()
    {
        var page = await PageAsync("?limit=200");
        return (Decisions(page.GetProperty("entries").EnumerateArray()), page.GetRawText());
    }

    private async Task<JsonElement> PageAsync(string query)
    {
        using var answer = await Client.ReadAsAsync($"/comments/{Video}/audit{query}", Moderator);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"got {(int)answer.StatusCode}: {text}");
        Assert.True(answer.Headers.CacheControl is { Private: true, NoStore: true });
        using var page = JsonDocument.Parse(text);
        return page.RootElement.Clone();
    }

    private async Task DoAsync(HttpMethod method, string path, string token, string? json = null)
    {
        using var answer = await Client.SendAsync(method, path, token, json);
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path} got {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }
}
