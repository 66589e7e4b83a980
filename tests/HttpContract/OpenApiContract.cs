using System.Text.Json;

namespace LiveComments.HttpContract;

/// <summary>The description of the API at <c>/openapi/v1.json</c>.</summary>
public abstract class OpenApiContract(ContractTarget target) : ContractTests(target)
{
    [Theory]
    [InlineData("/comments/{liveVideoId}", "post")]
    [InlineData("/comments/{liveVideoId}", "get")]
    [InlineData("/comments/{liveVideoId}/stream", "get")]
    [InlineData("/people/{authorId}/comments", "delete")]
    [InlineData("/people/{authorId}/erasure", "get")]
    [InlineData("/comments/{liveVideoId}/audit", "get")]
    public async Task The_description_lists_every_operation(string path, string method)
    {
        using var description = JsonDocument.Parse(await Client.Reads.GetStringAsync("/openapi/v1.json"));

        Assert.StartsWith("3.", description.RootElement.GetProperty("openapi").GetString());
        Assert.True(description.RootElement.GetProperty("paths").GetProperty(path).TryGetProperty(method, out _));
    }
}
