using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace LiveComments.WebFrontend.Tests.Connections;

public sealed class VanishedPeerTests
{
    private const int Tcp = 6;
    private const int UserTimeout = 18;

    /// <summary>A network that vanishes cannot be had in a test; what the kernel was told can be read.</summary>
    [Fact]
    public async Task The_kernel_gives_up_a_peer_that_answers_nothing_soon_after_a_viewer_would_count_as_stalled()
    {
        var builder = WebApplication.CreateBuilder(["--urls", "http://127.0.0.1:0", "--Streaming:StallSeconds=60"]);
        builder.AddLiveCommentsServerDefaults();
        await using var app = builder.Build();
        app.UseLiveCommentsServerDefaults();
        app.MapGet("/timeout", (HttpContext context) =>
        {
            var value = new byte[4];
            context.Features.Get<IConnectionSocketFeature>()!.Socket.GetRawSocketOption(Tcp, UserTimeout, value);
            return BitConverter.ToInt32(value);
        });
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new(app.Urls.Single()) };

        Assert.Equal("75000", await client.GetStringAsync("/timeout"));
    }
}
