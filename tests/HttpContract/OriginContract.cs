using LiveComments.HttpContract.Client;

namespace LiveComments.HttpContract;

/// <summary>Pages of other origins: without a setting that names them, no answer lets them in.</summary>
public abstract class OriginContract(ContractTarget target) : ContractTests(target)
{
    [Theory]
    [InlineData("POST", "")]
    [InlineData("GET", "")]
    [InlineData("GET", "/stream")]
    [InlineData("OPTIONS", "")]
    public async Task No_other_origin_may_use_the_API(string method, string rest)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/comments/{Video}{rest}");
        request.Headers.Add("Origin", "https://example.org");
        if (method == "POST")
            request.Content = CommentsClient.Body("Ada", "Hello");
        if (method == "OPTIONS")
            request.Headers.Add("Access-Control-Request-Method", "POST");

        using var answer = await Client.Posts.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }
}
