using LiveComments.HttpContract;

namespace LiveComments.Silo.Tests;

/// <summary>A log in PostgreSQL that cannot be used stops the start with one line.</summary>
public sealed class PostgresStartTests
{
    [Theory]
    [InlineData("Setting Storage:ConnectionString: It is missing.")]
    [InlineData("Setting Storage:ConnectionString: It names no Host.", "--Storage:ConnectionString=Database=a")]
    [InlineData("Setting Storage:ConnectionString: ", "--Storage:ConnectionString=Host=a;Nonsense=b")]
    [InlineData("Setting Storage:Schema: ", "--Storage:ConnectionString=Host=a", "--Storage:Schema=a;b")]
    [InlineData("Setting Storage:Path: unknown.", "--Storage:ConnectionString=Host=a", "--Storage:Path=a")]
    [InlineData("The database a at 127.0.0.1 (Storage:ConnectionString) cannot be opened: ",
        "--Storage:ConnectionString=Host=127.0.0.1;Port=1;Database=a;Password=secret")]
    public async Task The_line_says_what_is_wrong_and_no_password(string line, params string[] settings)
    {
        var (exitCode, output) = await ServerProcess.RunAsync(NodePlace.Program, ["--Storage:Provider=postgresql", "--Auth:Guests=deny", .. settings]).InTime();

        Assert.NotEqual(0, exitCode);
        var written = Assert.Single(output, text => text.Trim().Length > 0);
        Assert.StartsWith(line, written, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", written, StringComparison.Ordinal);
    }
}
