using LiveComments.HttpContract;

namespace LiveComments.Site.Tests;

/// <summary>What stops a node's start.</summary>
[Collection(SharedSiteCollection.Name)]
public sealed class StartTests(SharedSite shared)
{
    [Fact]
    public async Task A_missing_table_stops_the_start_with_one_line()
    {
        var (exitCode, output) = await ServerProcess.RunAsync(
            SiteNode.Program, "--Storage:Provider=dynamodb", $"--DynamoDb:ServiceUrl={shared.Site.Store.Address}", "--DynamoDb:Table=missing",
            ContractTarget.Issuer.GuestKeySetting).InTime();

        Assert.NotEqual(0, exitCode);
        Assert.Contains("DynamoDb:CreateTable", Assert.Single(output, line => line.Trim().Length > 0), StringComparison.Ordinal);
    }
}
