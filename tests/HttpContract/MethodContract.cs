using System.Net;
using LiveComments.HttpContract.Client;

namespace LiveComments.HttpContract;

/// <summary>Methods that a path does not know: 405, with those that it knows (RFC 9110, section 15.5.6).</summary>
public abstract class MethodContract(ContractTarget target) : ContractTests(target)
{
    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task Comments_are_posted_read_and_removed(string method)
    {
        using var answer = await SendAsync(method, $"/comments/{Video}");

        Assert.Equal(["DELETE", "GET", "POST"], answer.Content.Headers.Allow.Order());
        await Problem.ReadAsync(HttpStatusCode.MethodNotAllowed, answer);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task A_stream_is_read(string method)
    {
        using var answer = await SendAsync(method, $"/comments/{Video}/stream");

        Assert.Equal(["GET"], answer.Content.Headers.Allow);
        await Problem.ReadAsync(HttpStatusCode.MethodNotAllowed, answer);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/stream")]
    public async Task HEAD_is_not_answered(string rest)
    {
        using var answer = await SendAsync("HEAD", $"/comments/{Video}{rest}");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Contains("GET", answer.Content.Headers.Allow);
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        return await Client.Reads.SendAsync(request);
    }
}
