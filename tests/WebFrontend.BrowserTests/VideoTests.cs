using System.Buffers.Binary;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LiveComments.WebFrontend.BrowserTests;

/// <summary>The video itself, where the settings say where it is.</summary>
public sealed class VideoTests(Browser browser, SharedServer shared) : BrowserTests(browser, shared)
{
    [Fact]
    public async Task The_page_plays_the_video_of_its_id_beside_the_comments()
    {
        await using var site = await VideoSite.StartAsync();
        await RestartAsync($"--Pages:VideoUrl={site.Origin}/{{liveVideoId}}.wav?a=1&b=2");
        await Client.PostAsync(Video, "Beside the picture");
        await using var window = await Browser.OpenAsync(new() { ReducedMotion = ReducedMotion.NoPreference });
        await window.WatchAsync(Server, Video);

        await window.SeesAsync("Beside the picture");
        await PlaysAsync(window);
        Assert.Equal($"/{Video}.wav?a=1&b=2", site.LastAsked);
        // It has an end: so it is a recording.
        await Assertions.Expect(window.Page.Locator(".on-air")).ToBeHiddenAsync();
        await Assertions.Expect(window.Page.Locator(".stage-trouble")).ToBeHiddenAsync();
        Assert.Equal(0, await window.Page.Locator("canvas").CountAsync());
    }

    [Fact]
    public async Task A_video_that_has_not_begun_is_said_and_tried_again()
    {
        await using var site = await VideoSite.StartAsync();
        site.HasBegun = false;
        await RestartAsync($"--Pages:VideoUrl={site.Origin}/{{liveVideoId}}.wav");
        await using var window = await Browser.OpenAsync(new() { ReducedMotion = ReducedMotion.NoPreference });
        window.Expect("404");
        await window.WatchAsync(Server, Video);

        var trouble = window.Page.Locator(".stage-trouble");
        await Assertions.Expect(trouble).ToBeVisibleAsync();
        site.HasBegun = true;
        await Assertions.Expect(trouble).ToBeHiddenAsync(new() { Timeout = 30_000 });
        await PlaysAsync(window);
    }

    [Fact]
    public async Task It_does_not_begin_by_itself_for_who_asked_for_less_motion()
    {
        await using var site = await VideoSite.StartAsync();
        await RestartAsync($"--Pages:VideoUrl={site.Origin}/{{liveVideoId}}.wav");
        await using var window = await Browser.OpenAsync();
        await window.WatchAsync(Server, Video);

        // A recording is known as one when it could play.
        await Assertions.Expect(window.Page.Locator(".on-air")).ToBeHiddenAsync();
        Assert.True(await window.Page.Locator("video").EvaluateAsync<bool>("video => video.paused && !video.autoplay"));
    }

    private static Task PlaysAsync(Window window) => Patience.UntilAsync(
        async () => await window.Page.Locator("video").EvaluateAsync<double>("video => video.currentTime") > 0);

    /// <summary>Where the videos are: some seconds of silence each.</summary>
    private sealed class VideoSite(WebApplication app) : IAsyncDisposable
    {
        private const int Rate = 8_000;

        public bool HasBegun { get; set; } = true;

        public string? LastAsked { get; private set; }

        public string Origin => app.Urls.Single();

        public static async Task<VideoSite> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            var site = new VideoSite(builder.Build());
            await site.RunAsync();
            return site;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private async Task RunAsync()
        {
            app.Urls.Add("http://127.0.0.1:0");
            app.MapGet("/{name}", (HttpRequest request) =>
            {
                LastAsked = $"{request.Path}{request.QueryString}";
                return HasBegun ? Results.Bytes(Silence(seconds: 5), "audio/wav", enableRangeProcessing: true) : Results.NotFound();
            });
            await app.StartAsync();
        }

        /// <summary>A WAV file (RIFF, PCM of 8 bits, one channel): every browser plays it.</summary>
        private static byte[] Silence(int seconds)
        {
            var file = new byte[44 + (Rate * seconds)];
            Text(0, "RIFF");
            Number(4, file.Length - 8);
            Text(8, "WAVEfmt ");
            Number(16, 16);
            Number(20, 1 | (1 << 16));
            Number(24, Rate);
            Number(28, Rate);
            Number(32, 1 | (8 << 16));
            Text(36, "data");
            Number(40, Rate * seconds);
            file.AsSpan(44).Fill(128);
            return file;

            void Text(int at, string text) => Encoding.ASCII.GetBytes(text, file.AsSpan(at));

            void Number(int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);
        }
    }
}
