using Microsoft.Extensions.DependencyInjection;

namespace LiveComments.Client.Tests;

/// <summary>The client in a program with services, and what it refuses to be told.</summary>
public sealed class RegistrationTests
{
    [Fact]
    public async Task Its_connections_and_its_clock_are_those_of_the_program()
    {
        using var server = new ScriptedServer();
        var time = new ManualTime();
        var passed = new List<string>();
        var services = new ServiceCollection().AddSingleton<TimeProvider>(time);
        services.AddLiveCommentsClient(options => options.Server = server.Address)
            .AddHttpMessageHandler(() => new Recorder(passed));
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<LiveCommentsClient>();
        Assert.Same(client, provider.GetRequiredService<LiveCommentsClient>());

        var posting = client.PostAsync("v", "Hello", "Ada");
        await (await server.NextAsync()).EndAsync(ScriptedServer.Answer(503, "text/html", "Away"));
        await (await time.WhileItFliesAsync(server.NextAsync())).EndAsync(ScriptedServer.Answer(201, "application/json", ScriptedServer.Json(1)));

        Assert.True((await posting).IsPublished);
        Assert.Equal(["/comments/v", "/comments/v"], passed);
    }

    [Fact]
    public void What_is_out_of_bounds_is_named()
    {
        Uri server = new("http://localhost:5000");
        Assert.Contains("Server", Refusal(new()), StringComparison.Ordinal);
        Assert.Contains("Server", Refusal(new() { Server = new("ftp://localhost") }), StringComparison.Ordinal);
        Assert.Contains("RequestTimeout", Refusal(new() { Server = server, RequestTimeout = TimeSpan.Zero }), StringComparison.Ordinal);
        Assert.Contains("RetryFor", Refusal(new() { Server = server, RetryFor = TimeSpan.FromMinutes(6) }), StringComparison.Ordinal);

        static string Refusal(LiveCommentsClientOptions options) =>
            Assert.Throws<ArgumentException>(() => new LiveCommentsClient(options)).Message;
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("ä")]
    [InlineData("../people/audit")]
    public void A_video_has_a_name_that_needs_no_escape(string video)
    {
        using var client = new LiveCommentsClient(new() { Server = new("http://localhost:5000") });

        Assert.Throws<ArgumentException>(() => client.FollowAsync(video));
        Assert.Throws<ArgumentException>(() => { _ = client.PostAsync(video, "Hello"); });
    }

    private sealed class Recorder(List<string> passed) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            passed.Add(request.RequestUri!.AbsolutePath);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
