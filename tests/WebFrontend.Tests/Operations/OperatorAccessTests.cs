using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using LiveComments.HttpContract;

namespace LiveComments.WebFrontend.Tests.Operations;

/// <summary>Who sees the operator page of the real program.</summary>
public sealed class OperatorAccessTests : OperatorContract, IDisposable
{
    private readonly TemporaryDatabase _database = new();

    protected override IReadOnlyList<string> Paths => ["/ops", "/ops/events"];

    protected override Task<ServerProcess> StartAsync(params IEnumerable<string> settings) => _database.ServeAsync(settings);

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Who_waits_as_long_as_told_may_try_again()
    {
        await using var server = await StartAsync(PasswordSetting);
        using var client = new HttpClient { BaseAddress = server.Address };
        while ((await AnswerAsync("wrong")).StatusCode != HttpStatusCode.TooManyRequests) { }

        using var patience = new CancellationTokenSource(Patience.Limit);
        HttpResponseMessage answer;
        while ((answer = await AnswerAsync(Password)).StatusCode == HttpStatusCode.TooManyRequests)
            await Task.Delay(answer.Headers.RetryAfter!.Delta!.Value, patience.Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        Task<HttpResponseMessage> AnswerAsync(string password) => GetAsync(client, "/ops", ("Authorization", Basic(password)));
    }

    [Fact]
    public async Task Wrong_passwords_are_counted_and_who_gave_none_is_not()
    {
        await using var server = await StartAsync(PasswordSetting);
        using var client = new HttpClient { BaseAddress = server.Address };
        using var none = await GetAsync(client, "/ops");
        using var wrong = await GetAsync(client, "/ops", ("Authorization", Basic("wrong")));

        using var answer = await GetAsync(client, "/ops/events", ("Authorization", Basic(Password)));
        await using var stream = await answer.Content.ReadAsStreamAsync();
        await foreach (var report in SseParser.Create(stream).EnumerateAsync().Where(item => item.EventType == "report"))
        {
            using var data = JsonDocument.Parse(report.Data);
            Assert.Equal(
                ["operator wrong_password 1"],
                data.RootElement.GetProperty("refusals").EnumerateArray()
                    .Select(refusal => $"{refusal.GetProperty("what")} {refusal.GetProperty("reason")} {refusal.GetProperty("total")}"));
            break;
        }
    }
}
