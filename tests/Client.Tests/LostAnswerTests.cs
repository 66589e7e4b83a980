using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace LiveComments.Client.Tests;

/// <summary>Between the client and the real program stands something that loses answers.</summary>
public sealed class LostAnswerTests(CommentsServer server) : IClassFixture<CommentsServer>
{
    [Fact]
    public async Task A_comment_whose_answer_was_lost_is_in_the_log_once()
    {
        var lost = 0;
        using var http = new HttpClient { BaseAddress = server.Address };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var proxy = builder.Build();
        proxy.Run(async context =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, context.Request.Path) { Content = new StreamContent(context.Request.Body) };
            request.Content.Headers.ContentType = new("application/json");
            request.Headers.Add("Idempotency-Key", context.Request.Headers["Idempotency-Key"].ToString());
            using var answer = await http.SendAsync(request);
            Assert.True(answer.IsSuccessStatusCode);
            // Of three answers two are lost: one before it begins, one within.
            if (++lost % 3 == 1) context.Abort();
            context.Response.StatusCode = (int)answer.StatusCode;
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = answer.Content.Headers.ContentLength;
            var body = await answer.Content.ReadAsByteArrayAsync();
            if (lost % 3 == 2)
            {
                await context.Response.Body.WriteAsync(body.AsMemory(0, 10));
                await context.Response.Body.FlushAsync();
                context.Abort();
                return;
            }

            if (lost % 3 == 0) await context.Response.Body.WriteAsync(body);
        });
        await proxy.StartAsync();
        using var behind = new LiveCommentsClient(new() { Server = new(proxy.Urls.Single()) });
        using var direct = server.NewClient();

        var posted = new List<Comment>();
        for (var number = 0; number < 4; number++) posted.Add((await behind.PostAsync("lost", $"{number}", "Ada").InTime()).Comment!);

        Assert.Equal(12, lost);
        var log = new List<Comment>();
        await foreach (var comment in direct.ReadHistoryAsync("lost")) log.Insert(0, comment);
        Assert.Equal(posted, log);
    }
}
