using System.Diagnostics;
using System.Globalization;
using System.Net;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace LiveComments.WebFrontend.Tests.Canary;

/// <summary>
/// Comments whose texts are found nowhere a second after they were removed: not at the node nor at its edges, in no page and no stream, nor
/// in the files of the database; while a crowd reads, joins and resumes, and the node is killed. The environment variable
/// <c>LIVECOMMENTS_CANARY_ROUNDS</c> sets how many rounds, <c>LIVECOMMENTS_CANARY_SEED</c> repeats the choices of an earlier run.
/// </summary>
public sealed class CanaryTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Readers = 6;
    private const int ActionsOfARound = 12;

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(1);

    // An edge that is cut off shows what it has for so long.
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(1);

    private static readonly int Rounds = FromEnvironment("LIVECOMMENTS_CANARY_ROUNDS") ?? 12;
    private static readonly int Seed = FromEnvironment("LIVECOMMENTS_CANARY_SEED") ?? Random.Shared.Next();

    private readonly Random _random = new(Seed);
    private readonly TemporaryDatabase _database = new();
    private readonly Uri _address = new($"http://127.0.0.1:{FreePort.Next()}");
    private readonly List<PostedComment> _posted = [];
    private readonly Lock _gate = new();
    private readonly string _video = CommentsClient.NewVideo();
    private CanaryTexts _texts = null!;
    private ServerProcess _node = null!;
    private ServerProcess _edge = null!;
    private ServerProcess _secondEdge = null!;
    private CommentsClient[] _clients = [];

    private static string Moderator => ContractTarget.Issuer.Token("moderator", scope: "comments:moderate");

    public async Task InitializeAsync()
    {
        _texts = new(new(Seed));
        _node = await StartNodeAsync();
        string[] settings = [$"--Upstream:StaleSeconds={Stale.TotalSeconds}", .. ContractTarget.Settings, "--Streaming:Replay=30"];
        _edge = await EdgeServer.StartAsync(_address, settings);
        _secondEdge = await EdgeServer.StartAsync(_edge.Address, settings);
        _clients = [.. new[] { _address, _edge.Address, _secondEdge.Address }.Select(address => new CommentsClient(new(_address, address)))];
    }

    public async Task DisposeAsync()
    {
        foreach (var client in _clients) client.Dispose();
        await _secondEdge.DisposeAsync();
        await _edge.DisposeAsync();
        await _node.DisposeAsync();
        _database.Dispose();
    }

    [Fact]
    public async Task A_second_after_its_removal_a_text_is_nowhere_and_every_screen_is_what_is_left()
    {
        output.WriteLine($"LIVECOMMENTS_CANARY_SEED={Seed}");
        var screens = _clients.Select(client => new HttpScreen(client, _video)).ToList();
        using var stop = new CancellationTokenSource();
        var reading = Enumerable.Range(0, Readers).Select(i => ReadUntilStoppedAsync(new(Seed + i), stop.Token)).ToList();
        try
        {
            for (var round = 1; round <= Rounds; round++) await PlayAsync(round, screens);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(reading);
            foreach (var screen in screens) await screen.DisposeAsync();
        }

        output.WriteLine($"{Rounds} rounds, {_posted.Count} comments, {_texts.Removed} of them removed.");
        Assert.Empty(_texts.Faults);
        Assert.InRange(_texts.Removed, Rounds, int.MaxValue);
    }

    private async Task PlayAsync(int round, List<HttpScreen> screens)
    {
        var guests = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => _clients[0].BecomeGuestAsync()));
        var killAfter = round % 3 == 0 ? _random.Next(ActionsOfARound) : -1;
        for (var action = 0; action < ActionsOfARound; action++)
        {
            for (var i = _random.Next(1, 6); i > 0; i--) await PostAsync(guests[_random.Next(guests.Length)].Token);
            var removing = RemoveAsync(guests[_random.Next(guests.Length)].AuthorId);
            if (action == killAfter)
            {
                await _node.KillAsync();
                await removing;
                await _node.DisposeAsync();
                if (round % 2 == 0) CheckFiles();
                _node = await StartNodeAsync();
            }
            else
            {
                await removing;
            }
        }

        var last = await PostAsync(guests[0].Token);
        var left = await _clients[0].HistoryAsync(_video);
        foreach (var screen in screens)
        {
            var shown = await screen.ShowsAsync(last);
            var from = screen.WholeFrom;
            Assert.Equal(left.Where(comment => comment.Number >= from), shown);
        }
    }

    private async Task<PostedComment> PostAsync(string guest)
    {
        var body = _texts.Next();
        while (true)
        {
            try
            {
                using var answer = await _clients[0].SendAsync(_video, CommentsClient.Body("Ada", body), key: body, token: guest);
                if (answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.OK)
                {
                    var comment = PostedComment.Parse(await answer.Content.ReadAsStringAsync());
                    lock (_gate) _posted.Add(comment);
                    return comment;
                }

                // Banned for a second, or the node was killed just now.
                Assert.True(answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.ServiceUnavailable, $"{answer.StatusCode}");
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                // The node was killed. It comes back.
            }

            await Task.Delay(20);
        }
    }

    /// <summary>Removes one, some or all comments; whose removal is acknowledged is looked for from then on.</summary>
    private async Task RemoveAsync(string authorId)
    {
        List<PostedComment> there;
        lock (_gate) there = [.. _posted.TakeLast(40)];
        var kind = _random.Next(20);
        var chosen = there[_random.Next(there.Count)];
        var (method, path, body) = kind switch
        {
            0 => (HttpMethod.Post, "removals", """{"all":true}"""),
            < 4 => (HttpMethod.Post, "removals", $$"""{"authorId":"{{authorId}}"}"""),
            < 6 => (HttpMethod.Put, $"bans/{authorId}", """{"until":"PT1S","removeSince":"PT1H"}"""),
            _ => (HttpMethod.Delete, chosen.Id, null),
        };
        try
        {
            using var answer = await _clients[0].SendAsync(method, $"/comments/{_video}/{path}", Moderator, body);
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable) return;
            Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return;
        }

        lock (_gate)
        {
            foreach (var comment in kind == 0 ? _posted : kind < 6 ? _posted.Where(comment => comment.AuthorId == authorId) : [chosen])
                _texts.Remove(comment.Message);
        }
    }

    private async Task ReadUntilStoppedAsync(Random random, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var which = random.Next(_clients.Length);
            var bound = which == 0 ? Bound : Bound + Stale;
            string? id;
            lock (_gate) id = _posted.Count == 0 ? null : _posted[random.Next(_posted.Count)].Id;
            var begun = Stopwatch.GetTimestamp();
            try
            {
                var path = random.Next(4) switch
                {
                    0 => "?limit=200",
                    1 => $"?limit=20&cursor={id ?? "1"}",
                    2 => $"/{id ?? "1"}",
                    _ => null,
                };
                var body = path is null ? await StreamAsync(which, random, id, stop) : await GetAsync(which, path, stop);
                _texts.Check(body, begun, bound, $"at {which} in {path ?? "a stream"}");
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
            {
                // The node was killed, or the test is over.
            }
        }
    }

    private async Task<string> GetAsync(int which, string path, CancellationToken stop)
    {
        using var answer = await _clients[which].Reads.GetAsync($"/comments/{_video}{path}", stop);
        return await answer.Content.ReadAsStringAsync(stop);
    }

    /// <summary>What a stream brings in its first moments.</summary>
    private async Task<string> StreamAsync(int which, Random random, string? id, CancellationToken stop)
    {
        using var answer = await _clients[which].OpenStreamAsync(_video, lastEventId: random.Next(2) == 0 ? id : null);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(stop));
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        enough.CancelAfter(random.Next(20, 200));
        var text = new System.Text.StringBuilder();
        try
        {
            while (await reader.ReadLineAsync(enough.Token) is { } line) text.AppendLine(line);
        }
        catch (OperationCanceledException)
        {
            // Enough.
        }

        return text.ToString();
    }

    /// <summary>Looks into the files of the database. What was removed is not in them once the write-ahead log is in the database.</summary>
    private void CheckFiles()
    {
        using (var connection = new SqliteConnection($"Data Source={_database.Place};Pooling=False"))
        {
            connection.Open();
            using var checkpoint = connection.CreateCommand();
            checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            checkpoint.ExecuteNonQuery();
        }

        foreach (var file in Directory.GetFiles(_database.Folder))
            _texts.Check(System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file)), long.MaxValue, Bound, $"in {Path.GetFileName(file)}");
    }

    private Task<ServerProcess> StartNodeAsync() =>
        _database.ServeAsync(["--urls", _address.ToString(), .. ContractTarget.Settings, "--Streaming:Replay=30"]);

    private static int? FromEnvironment(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : null;
}
