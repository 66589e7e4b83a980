using LiveComments.HttpContract;

namespace LiveComments.Firehose.Tests;

/// <summary>A wrong setting of the firehose stops the start with one line that names it.</summary>
public sealed class SettingsTests : IDisposable
{
    private const string Url = "--Firehose:Webhook:Url=https://example.org/entries";
    private const string Secret = $"--Firehose:Webhook:Secret={TestReceiver.Secret}";
    private const string Videos = "--Firehose:Videos:0=show-*";

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "LiveComments.Silo.dll");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("live-comments-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("Setting Firehose: ", Videos)]
    [InlineData("Setting Firehose:Videos: ", Url, Secret)]
    [InlineData("Setting Firehose:Videos: ", Url, Secret, "--Firehose:Videos:0=show *")]
    [InlineData("Setting Firehose:BatchEntries: ", Url, Secret, Videos, "--Firehose:BatchEntries=0")]
    [InlineData("Setting Firehose:Batch: unknown.", Url, Secret, Videos, "--Firehose:Batch=1")]
    [InlineData("Setting Firehose:Webhook:Url: ", Secret, Videos)]
    [InlineData("Setting Firehose:Webhook:Url: ", Secret, Videos, "--Firehose:Webhook:Url=entries")]
    [InlineData("Setting Firehose:Webhook:Secret: ", Url, Videos)]
    [InlineData("Setting Firehose:Webhook:Secret: ", Url, Videos, "--Firehose:Webhook:Secret=whsec_c2hvcnQ=")]
    [InlineData("Setting Firehose:Webhook:SecretFile: ", Url, Videos, "--Firehose:Webhook:SecretFile=/nowhere/secret")]
    [InlineData("Setting Firehose:Redis: ", Url, Secret, Videos, "--Firehose:Redis:Connection=127.0.0.1:6379")]
    [InlineData("Setting Firehose:Redis:Connection: ", Videos, "--Firehose:Redis:Stream=comments")]
    [InlineData("Setting Firehose:Redis:Connection: ", Videos, "--Firehose:Redis:Connection=,password=secret")]
    [InlineData("Setting Firehose: ", "--Role=edge", "--Upstream:Address=http://127.0.0.1:1", Url)]
    public async Task A_wrong_setting_stops_the_start_with_one_line_that_names_it(string line, params string[] settings)
    {
        string[] store = settings.Contains("--Role=edge") ? [] : [$"--Storage:Path={Path.Combine(_folder.FullName, "comments.db")}"];
        var (exitCode, output) = await ServerProcess.RunAsync(Program, [.. store, .. settings]);
        Assert.NotEqual(0, exitCode);
        var said = Assert.Single(output, text => text.Trim().Length > 0);
        Assert.StartsWith(line, said, StringComparison.Ordinal);
        Assert.DoesNotContain("password", said, StringComparison.Ordinal);
    }
}
