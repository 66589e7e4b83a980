using System.Text.Json;
using LiveComments.HttpContract.Client;

namespace LiveComments.HttpContract;

/// <summary>What a viewer gets over a WebSocket that resumes further back than a node replays.</summary>
public abstract class WebSocketGapContract(ContractTarget target) : ContractTests(target)
{
    [Fact]
    public async Task Who_was_away_too_long_is_told_of_the_gap_and_goes_on_behind_it()
    {
        var posted = await Client.PostManyAsync(Video, ContractTarget.Replay + 100);

        using var viewer = await SocketViewer.JoinAsync(Target, Video, $"?backlog=7&after={posted[0].Id}");

        var (id, data, _) = await viewer.NextAsync("gap");
        Assert.Null(id);
        using var gap = JsonDocument.Parse(data);
        Assert.Equal(posted[0].Id, gap.RootElement.GetProperty("after").GetString());
        Assert.Equal(posted[^7].Id, gap.RootElement.GetProperty("before").GetString());
        Assert.Equal(posted.TakeLast(7), await viewer.TakeAsync(7));
    }
}
