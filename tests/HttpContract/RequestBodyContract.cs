using System.Net;
using System.Net.Http.Headers;
using System.Text;
using LiveComments.HttpContract.Client;

namespace LiveComments.HttpContract;

/// <summary>Which request bodies a post takes: JSON of the right form, in UTF-8, of at most 8 KiB.</summary>
public abstract class RequestBodyContract(ContractTarget target) : ContractTests(target)
{
    private const int LargestBody = 8 * 1024;
    private const string Valid = """{"author":"Ada","message":"Hello"}""";

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"author":"Ada"}""")]
    [InlineData("""{"message":"Hello"}""")]
    [InlineData("""{"author":null,"message":"Hello"}""")]
    [InlineData("""{"author":"Ada","message":null}""")]
    [InlineData("""{"author":1,"message":"Hello"}""")]
    [InlineData("""{"author":"Ada","message":true}""")]
    [InlineData("""{"author":["Ada"],"message":"Hello"}""")]
    [InlineData("""{"author":"Ada","message":{"text":"Hello"}}""")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""[{"author":"Ada","message":"Hello"}]""")]
    [InlineData("\"Hello\"")]
    [InlineData("1")]
    public async Task Members_that_are_missing_or_of_another_type_are_refused(string json) =>
        await RefusedAsync(HttpStatusCode.BadRequest, CommentsClient.Json(json));

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("{")]
    [InlineData("hello")]
    [InlineData("""{"author":"Ada","message":"Hello" """)]
    [InlineData("""{"author":"Ada","message":"Hello"}}""")]
    [InlineData("""{"author":"Ada","message":"Hello"} hello""")]
    [InlineData("""{"author":"Ada" "message":"Hello"}""")]
    [InlineData("""{'author':'Ada','message':'Hello'}""")]
    [InlineData("""{"author":"Ada","message":"Hel\lo"}""")]
    [InlineData("{\"author\":\"Ada\",\"message\":\"Hel\nlo\"}")]
    public async Task What_is_no_JSON_inside_is_refused(string text) =>
        await RefusedAsync(HttpStatusCode.BadRequest, CommentsClient.Json(text));

    [Theory]
    [InlineData(new byte[] { 0xff })]
    [InlineData(new byte[] { 0xc0, 0x80 })]
    [InlineData(new byte[] { 0xed, 0xa0, 0xbd })]
    [InlineData(new byte[] { 0xe2, 0x82 })]
    [InlineData(new byte[] { 0xf4, 0x90, 0x80, 0x80 })]
    public async Task What_is_no_UTF8_is_refused(byte[] bytes)
    {
        byte[] body = [.. """{"author":"Ada","message":"Hel"""u8, .. bytes, .. """lo"}"""u8];

        await RefusedAsync(HttpStatusCode.BadRequest, Bytes(body));
    }

    [Fact]
    public async Task A_byte_order_mark_is_passed_over()
    {
        byte[] body = [0xef, 0xbb, 0xbf, .. Encoding.UTF8.GetBytes(Valid)];

        using var answer = await Client.SendAsync(Video, Bytes(body));

        Assert.Equal("Hello", (await CommentsClient.CommentOfAsync(HttpStatusCode.Created, answer)).Message);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("text/json-like")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/octet-stream")]
    public async Task What_is_not_called_JSON_is_refused(string? contentType)
    {
        var body = CommentsClient.Json(Valid);
        body.Headers.ContentType = contentType is null ? null : new MediaTypeHeaderValue(contentType);

        await RefusedAsync(HttpStatusCode.UnsupportedMediaType, body);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("Application/JSON")]
    public async Task What_is_called_JSON_is_taken(string contentType)
    {
        var body = CommentsClient.Json(Valid);
        body.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);

        using var answer = await Client.SendAsync(Video, body);

        await CommentsClient.CommentOfAsync(HttpStatusCode.Created, answer);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_of_8_KiB_is_taken(bool chunked)
    {
        using var answer = await SendPaddedAsync(LargestBody, chunked);

        await CommentsClient.CommentOfAsync(HttpStatusCode.Created, answer);
    }

    [Theory]
    [InlineData(LargestBody + 1, false)]
    [InlineData(LargestBody + 1, true)]
    [InlineData(6 * LargestBody, false)]
    [InlineData(6 * LargestBody, true)]
    public async Task A_larger_body_is_refused(int length, bool chunked)
    {
        await Problem.ReadAsync(HttpStatusCode.RequestEntityTooLarge, await SendPaddedAsync(length, chunked));

        Assert.Empty((await Client.PageAsync(Video)).Comments);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{"author":"Ada","message":"\ud83d"}""")]
    [InlineData("""{"author":"Ada","message":""}""")]
    public async Task A_refused_body_leaves_the_connection_to_the_next_post(string refused)
    {
        var answers = await RawHttp.ExchangeAsync(
            Target.PostAddress,
            RawHttp.Post(Target.PostAddress, Video, refused) + RawHttp.Post(Target.PostAddress, Video, Valid, "Connection: close\r\n"));

        Assert.Equal(HttpStatusCode.BadRequest, RawHttp.StatusOf(answers));
        Assert.Contains("HTTP/1.1 201 ", answers, StringComparison.Ordinal);
        Assert.Single((await Client.PageAsync(Video)).Comments);
    }

    private static ByteArrayContent Bytes(byte[] body) =>
        new(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    private async Task<HttpResponseMessage> SendPaddedAsync(int length, bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/comments/{Video}")
        {
            Content = Bytes(Encoding.UTF8.GetBytes(Valid.PadRight(length))),
            Headers = { TransferEncodingChunked = chunked },
        };
        return await Client.Posts.SendAsync(request);
    }

    private async Task RefusedAsync(HttpStatusCode status, HttpContent body)
    {
        await Problem.ReadAsync(status, await Client.SendAsync(Video, body));
        Assert.Empty((await Client.PageAsync(Video)).Comments);
    }
}
