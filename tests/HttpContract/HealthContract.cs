using System.Net;

namespace LiveComments.HttpContract;

/// <summary>The health endpoints of a site that is well.</summary>
public abstract class HealthContract(ContractTarget target) : ContractTests(target)
{
    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task A_running_node_is_healthy(string path)
    {
        foreach (var client in new[] { Client.Posts, Client.Reads })
        {
            using var answer = await client.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }
}
