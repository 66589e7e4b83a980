namespace LiveComments.Firehose.Tests;

/// <summary>Entries that go to a webhook, over real HTTP.</summary>
public sealed class WebhookTests : IAsyncLifetime
{
    private static readonly LiveVideoId Video = LiveVideoId.Parse("show-1");

    private readonly MemoryStore _store = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private TestReceiver _receiver = null!;

    public async Task InitializeAsync() => _receiver = await TestReceiver.StartAsync();

    public async Task DisposeAsync()
    {
        await _receiver.DisposeAsync();
        _http.Dispose();
        Assert.Empty(_receiver.Faults);
        Assert.False(_receiver.Misled);
    }

    [Fact]
    public async Task Entries_arrive_in_order_and_signed()
    {
        await using var node = await Node().BeginAsync();
        var ids = await node.PostAsync(Video, 50);
        await ArriveAsync(50);
        Assert.Equal(ids, _receiver.Received.Of("show-1").Select(entry => entry.Place));
        var first = _receiver.Received[0];
        Assert.Equal(("comment", "show-1", "0"), (first.Type, first.Video, first.Data.GetProperty("message").GetString()));
        _receiver.Received.AssertInOrder();
    }

    [Theory, InlineData(500), InlineData(400), InlineData(307), InlineData(410)]
    public async Task What_is_not_taken_is_sent_again(int status)
    {
        _receiver.Answer = number => Task.FromResult<int?>(number <= 2 ? status : 200);
        await using var node = await Node().BeginAsync();
        var ids = await node.PostAsync(Video, 5);
        await ArriveAsync(5);
        Assert.Equal(ids, _receiver.Received.Of("show-1").Select(entry => entry.Place));
        _receiver.Received.AssertInOrder();
    }

    [Fact]
    public async Task A_receiver_that_fails_after_its_work_gets_the_same_ids_again()
    {
        (_receiver.KeepsAll, _receiver.Answer) = (true, number => Task.FromResult<int?>(number == 1 ? 500 : 200));
        await using var node = await Node().BeginAsync();
        await node.PostAsync(Video, 1);
        await _receiver.UntilAsync(received => received.Count == 2);
        Assert.Equal(_receiver.Received[0].Id, _receiver.Received[1].Id);
        Assert.Equal(_receiver.Messages.First(), _receiver.Messages.Last());
    }

    [Fact]
    public async Task A_receiver_that_hangs_holds_up_nobody_and_gets_all_when_it_is_back()
    {
        _receiver.Answer = number => Task.FromResult<int?>(number == 1 ? null : 200);
        await using var node = await Node(configure: options => (options.TimeoutMs, options.MaxInMemory) = (500, 10)).BeginAsync();
        var ids = await node.PostAsync(Video, 1);
        await _receiver.RequestsAsync(1);
        ids.AddRange(await node.PostAsync(Video, 300));
        await ArriveAsync(301);
        Assert.Equal(ids, _receiver.Received.Of("show-1").Select(entry => entry.Place));
        _receiver.Received.AssertInOrder();
    }

    private Task ArriveAsync(int count) => _receiver.UntilAsync(received => received.DistinctBy(entry => entry.Id).Count() >= count);

    private HoseNode Node(TimeProvider? time = null, Action<FirehoseOptions>? configure = null) => new(
        _store,
        new WebhookReceiver(new() { Url = _receiver.Address, Secret = TestReceiver.Secret }, _http, time ?? TimeProvider.System),
        time,
        configure);
}
