using System.Net;
using LiveComments.HttpContract.Client;

namespace LiveComments.HttpContract;

/// <summary>An address has one spelling: with another one a proxy in front might choose another node than for the same video.</summary>
public abstract class SpellingContract(ContractTarget target) : ContractTests(target)
{
    [Theory]
    [InlineData("/COMMENTS/{0}")]
    [InlineData("/Comments/{0}")]
    [InlineData("/comments/{0}/")]
    [InlineData("//comments/{0}")]
    [InlineData("/comments//{0}")]
    [InlineData("/%63omments/{0}")]
    [InlineData("/comments/%74{0}")]
    [InlineData("/comments%2F{0}")]
    [InlineData("/x/../comments/{0}")]
    [InlineData("/./comments/{0}")]
    public async Task Another_spelling_of_a_videos_address_is_not_found(string spelling)
    {
        var path = string.Format(null, spelling, Video);
        const string Json = """{"author":"Ada","message":"Hello"}""";

        await NotFoundAsync($"GET {path} HTTP/1.1\r\n", "");
        await NotFoundAsync(
            $"POST {path} HTTP/1.1\r\n", $"Content-Type: application/json\r\nContent-Length: {Json.Length}\r\n", Json);
        Assert.Empty(await Client.HistoryAsync(Video));
        Assert.Empty(await Client.HistoryAsync($"t{Video}"));
    }

    [Theory]
    [InlineData("/comments/{0}/stream/")]
    [InlineData("/comments/{0}/STREAM")]
    [InlineData("/Comments/{0}/stream")]
    [InlineData("/comments/{0}//stream")]
    [InlineData("/comments/{0}/%73tream")]
    [InlineData("/comments/%74{0}/stream")]
    [InlineData("/comments/{0}/x/../stream")]
    public async Task Another_spelling_of_a_streams_address_is_not_found(string spelling) =>
        await NotFoundAsync($"GET {string.Format(null, spelling, Video)} HTTP/1.1\r\n", "");

    [Theory]
    [InlineData("/VIDEOS/{0}")]
    [InlineData("/%76ideos/{0}")]
    [InlineData("/Client.js")]
    public async Task Another_spelling_of_a_page_is_not_found(string spelling) =>
        await NotFoundAsync($"GET {string.Format(null, spelling, Video)} HTTP/1.1\r\n", "");

    [Theory]
    [InlineData("/videos/")]
    [InlineData("/embed/")]
    public async Task A_page_with_a_slash_at_its_end_leads_to_the_page(string path)
    {
        var answer = await AskAsync($"GET {path}{Video}/?a=b HTTP/1.1\r\n", "");

        Assert.Equal(HttpStatusCode.Redirect, RawHttp.StatusOf(answer));
        Assert.Contains($"Location: {path}{Video}?a=b\r\n", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_address_in_the_absolute_form_is_the_same_address()
    {
        await Client.PostAsync(Video, "Hello");

        var answer = await AskAsync($"GET {Target.PostAddress}comments/{Video} HTTP/1.1\r\n", "");

        Assert.Equal(HttpStatusCode.OK, RawHttp.StatusOf(answer));
        Assert.Contains("Hello", answer, StringComparison.Ordinal);
    }

    private async Task NotFoundAsync(string line, string headers, string body = "")
    {
        var answer = await AskAsync(line, headers, body);
        Assert.True(HttpStatusCode.NotFound == RawHttp.StatusOf(answer), answer);
        Assert.Contains("application/problem+json", answer, StringComparison.OrdinalIgnoreCase);
    }

    private Task<string> AskAsync(string line, string headers, string body = "") => RawHttp.ExchangeAsync(
        Target.PostAddress, $"{line}Host: {Target.PostAddress.Authority}\r\nConnection: close\r\n{headers}\r\n{body}");
}
