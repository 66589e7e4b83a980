using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;

namespace LiveComments.Deploy.Tests;

/// <summary>The image that the Dockerfile makes.</summary>
[Trait("Needs", "bubblewrap")]
public sealed class ContainerTests(ContainerImage image) : IClassFixture<ContainerImage>
{
    [Fact]
    public async Task The_server_runs_without_rights_and_writes_to_its_volume_alone()
    {
        await using var server = await image.StartAsync();
        using var client = new CommentsClient(new ContractTarget(server.Address));
        var video = CommentsClient.NewVideo();

        var comment = await client.PostAsync(video);

        Assert.Equal([comment], await client.HistoryAsync(video));
        Assert.Contains("comments.db", Directory.EnumerateFiles(image.Data).Select(Path.GetFileName));
    }
}
