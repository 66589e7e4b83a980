namespace LiveComments.WebFrontend.Tests.Operations;

/// <summary>The client module that the real program serves beside the one of the npm package, <c>client/src</c>.</summary>
public sealed class ClientModuleTests : IDisposable
{
    private static readonly string Source = Path.Combine(AppContext.BaseDirectory, "client");

    private readonly TemporaryDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task The_server_serves_every_file_of_the_package_byte_for_byte()
    {
        await using var server = await _database.ServeAsync();
        using var client = new HttpClient { BaseAddress = server.Address };
        var files = Directory.GetFiles(Source, "*", SearchOption.AllDirectories);
        var paths = files.Select(file => Path.GetRelativePath(Source, file)).ToList();

        Assert.Contains("client.js", paths);
        foreach (var path in paths)
        {
            using var answer = await client.GetAsync(path.Replace('\\', '/')).InTime();
            Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
            Assert.Equal("text/javascript", answer.Content.Headers.ContentType?.MediaType);
            Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(Source, path)), await answer.Content.ReadAsByteArrayAsync());
        }
    }
}
