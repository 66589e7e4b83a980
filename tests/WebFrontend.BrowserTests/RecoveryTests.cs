namespace LiveComments.WebFrontend.BrowserTests;

/// <summary>Connections that break, and come back without a comment missing.</summary>
public sealed class RecoveryTests(Browser browser, SharedServer shared) : BrowserTests(browser, shared)
{
    [Fact]
    public async Task A_server_killed_and_restarted_in_mid_stream_costs_no_comment()
    {
        await RestartAsync();
        await using var window = await WatchAsync();
        var posting = PostUntilItFailsAsync();
        await window.Comments.Nth(60).WaitForAsync();
        await KillAsync();
        await posting.InTime();
        await window.StatusAsync("reconnecting");

        await RestartAsync();
        await Client.PostManyAsync(Video, 40);
        var last = await Client.PostAsync(Video, "After the restart");
        await window.LiveAsync();

        await window.SeesAsync(last.Message);
        var history = await Client.HistoryAsync(Video);
        Assert.Equal(history.Select(comment => comment.Id), await window.IdsAsync());
        await Assertions.Expect(window.Page.Locator(".hole")).ToHaveCountAsync(0);

        async Task PostUntilItFailsAsync()
        {
            try
            {
                while (true) await Client.PostAsync(Video);
            }
            catch (HttpRequestException)
            {
                // The server is gone, as it is meant to be.
            }
        }
    }

    [Fact]
    public async Task What_was_posted_while_one_was_offline_is_there_afterwards()
    {
        await using var window = await WatchAsync();
        var before = await Client.PostAsync(Video, "Before");
        await window.SeesAsync(before.Message);

        await window.Page.Context.SetOfflineAsync(true);
        await Assertions.Expect(window.Page.Locator(".connection-label")).ToHaveTextAsync("You are offline");
        await Client.PostManyAsync(Video, 10);
        await window.Page.Context.SetOfflineAsync(false);

        await window.LiveAsync();
        await Assertions.Expect(window.Comments).ToHaveCountAsync(11);
        Assert.Equal((await Client.HistoryAsync(Video)).Select(comment => comment.Id), await window.IdsAsync());
    }

    [Fact]
    public async Task A_machine_that_wakes_up_connects_anew_at_once()
    {
        await using var window = await Browser.OpenAsync();
        await window.Page.Clock.InstallAsync();
        await window.WatchAsync(Server, Video);
        await window.Page.Clock.PauseAtAsync(DateTime.UtcNow.AddSeconds(1));
        var again = window.Page.WaitForRequestAsync(request => request.Url.Contains("/stream", StringComparison.Ordinal));

        await window.Page.Clock.FastForwardAsync("08:00:00");

        // By its clock it does not wait as long as after a loss.
        for (var i = 0; i < 10 && !again.IsCompleted; i++) await window.Page.Clock.RunForAsync(100);
        await again;
        await window.Page.Clock.ResumeAsync();
        await window.LiveAsync();
        var comment = await Client.PostAsync(Video, "Good morning");
        await window.SeesAsync(comment.Message);
    }

    [Fact]
    public async Task More_than_is_replayed_is_filled_in_from_the_history()
    {
        await RestartAsync("--Streaming:Replay=20");
        await using var window = await WatchAsync();
        var before = await Client.PostAsync(Video, "Before");
        await window.SeesAsync(before.Message);

        await window.Page.Context.SetOfflineAsync(true);
        await window.StatusAsync("reconnecting");
        await Client.PostManyAsync(Video, 150);
        await window.Page.Context.SetOfflineAsync(false);

        await window.LiveAsync();
        await Assertions.Expect(window.Comments).ToHaveCountAsync(151);
        Assert.Equal((await Client.HistoryAsync(Video)).Select(comment => comment.Id), await window.IdsAsync());
    }
}
