using LiveComments.HttpContract;

namespace LiveComments.WebFrontend.BrowserTests;

/// <summary>Comments on other people's pages.</summary>
public sealed class EmbedTests(Browser browser, SharedServer shared) : BrowserTests(browser, shared)
{
    [Fact]
    public async Task A_page_that_the_settings_name_holds_the_chat_in_a_frame()
    {
        await using var parent = await ParentSite.StartAsync();
        await RestartAsync($"--Http:EmbedParents:0={parent.Origin}");
        await using var window = await Browser.OpenAsync();
        await parent.OpenAsync(window, Frame("embed"));
        var chat = window.Page.FrameLocator("iframe");

        await chat.GetByLabel("Name").FillAsync("Ada");
        await chat.GetByRole(AriaRole.Textbox, new() { Name = "Comment" }).FillAsync("From the frame");
        await chat.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();

        await Assertions.Expect(chat.Locator(".comment[data-id] .message")).ToHaveTextAsync("From the frame");
    }

    [Theory]
    [InlineData("embed")]
    [InlineData("videos")]
    [InlineData("ops")]
    public async Task No_other_page_holds_one_of_ours(string page)
    {
        await using var parent = await ParentSite.StartAsync();
        await using var window = await Browser.OpenAsync();
        window.Expect("frame-ancestors");

        var refused = window.Page.WaitForConsoleMessageAsync(
            new() { Predicate = message => message.Text.Contains("frame-ancestors", StringComparison.Ordinal) });
        await parent.OpenAsync(window, Frame(page));

        await refused;
        Assert.Equal(0, await window.Page.FrameLocator("iframe").Locator("main, .chat").CountAsync());
    }

    [Fact]
    public async Task The_client_module_connects_posts_pages_back_and_resumes_from_another_origin()
    {
        await using var parent = await ParentSite.StartAsync();
        await RestartAsync($"--Http:AllowedOrigins:0={parent.Origin}");
        await Client.PostManyAsync(Video, 3);
        await using var window = await Browser.OpenAsync();
        await parent.OpenAsync(window, "<p>Somebody else's page</p>");

        var seen = await window.Page.EvaluateAsync<string[]>(Script.Named("use-client"), new { server = Server.ToString(), video = Video });

        Assert.Equal((await Client.HistoryAsync(Video)).Select(comment => comment.Id), seen);
    }

    [Fact]
    public async Task Tabs_of_another_site_share_a_stream_of_the_module_too()
    {
        await using var parent = await ParentSite.StartAsync();
        await RestartAsync($"--Http:AllowedOrigins:0={parent.Origin}");
        parent.Show($$"""
            <p>Somebody else's page</p><ol></ol><script type="module">
            import { LiveVideo } from "{{Server}}client.js";
            new LiveVideo("{{Video}}").connect({
              onComment({ id, message }) {
                const row = Object.assign(document.createElement("li"), { className: "comment", textContent: message });
                row.dataset.id = id;
                document.querySelector("ol").append(row);
              },
              onState: ({ status }) => (document.body.dataset.status = status),
            });
            </script>
            """);
        await using var tabs = await Tabs.OpenAsync(Browser);
        var windows = new List<Window>();
        for (var i = 0; i < 8; i++)
        {
            windows.Add(await tabs.NewAsync());
            await windows[i].Page.GotoAsync(parent.Origin);
            await windows[i].Page.Locator("body[data-status='live']").WaitForAsync();
        }

        var comment = await Client.PostAsync(Video, "To all");

        foreach (var window in windows) await window.SeesAsync(comment.Message);
        Assert.Equal(1, tabs.OpenStreams);
    }

    [Fact]
    public async Task A_chat_that_is_scrolled_out_of_sight_gets_no_frames_and_is_kept_in_bounds_all_the_same()
    {
        await using var parent = await ParentSite.StartAsync();
        await RestartAsync([.. ContractTarget.Settings, $"--Http:EmbedParents:0={parent.Origin}"]);
        await using var window = await Browser.OpenAsync();
        await parent.OpenAsync(window, $"<div style='height: 9000px'></div>{Frame("embed")}");
        var chat = window.Page.FrameLocator("iframe");
        await chat.Locator(".connection[data-status='live']").WaitForAsync();

        await Client.PostManyAsync(Video, 1_000);
        var last = await Client.PostAsync(Video, "the last");

        await Assertions.Expect(chat.Locator($"[data-id='{last.Id}']")).ToHaveCountAsync(1);
        Assert.Equal(0, await chat.Locator("body").EvaluateAsync<int>(Script.Named("count-frames")));
        Assert.InRange(await chat.Locator(".comment[data-id]").CountAsync(), 1, 400);
    }

    private string Frame(string page) =>
        $"<iframe src='{new Uri(Server, page == "ops" ? "/ops" : $"/{page}/{Video}")}' title='LiveComments' width='400' height='600'></iframe>";
}
