using System.Buffers.Text;
using System.Globalization;
using System.Text;
using LiveComments.WebFrontend.Identity;

namespace LiveComments.WebFrontend.Tests.Identity;

/// <summary>What the claim <c>since</c> says.</summary>
public sealed class TokenClaimsTests
{
    [Theory]
    [InlineData("0", "1970-01-01T00:00:00.000Z")]
    [InlineData("1767225600", "2026-01-01T00:00:00.000Z")]
    [InlineData("1767225600.5", "2026-01-01T00:00:00.500Z")]
    [InlineData("1.7672256e9", "2026-01-01T00:00:00.000Z")]
    [InlineData("100000000000", "5138-11-16T09:46:40.000Z")]
    [InlineData("null", null)]
    public void A_time_is_read(string since, string? time)
    {
        var (claims, complaint) = Read($$"""{"sub":"user-1","since":{{since}}}""");
        Assert.Null(complaint);
        Assert.Equal(time is null ? null : DateTimeOffset.Parse(time, CultureInfo.InvariantCulture), claims!.Since);
    }

    [Fact]
    public void It_may_be_missing()
    {
        var (claims, complaint) = Read("""{"sub":"user-1"}""");
        Assert.Equal((null, null), (complaint, claims!.Since));
    }

    [Theory]
    [InlineData("\"1767225600\"")]
    [InlineData("\"2026-01-01\"")]
    [InlineData("true")]
    [InlineData("[1767225600]")]
    [InlineData("{}")]
    [InlineData("-1")]
    [InlineData("100000000001")]
    [InlineData("1767225600000")]
    [InlineData("1e400")]
    public void Anything_else_is_refused_and_said(string since)
    {
        var (claims, complaint) = Read($$"""{"sub":"user-1","since":{{since}}}""");
        Assert.Null(claims);
        Assert.Equal("Its since is no number of seconds since 1970, from 0 to 100,000,000,000.", complaint);
    }

    private static (TokenClaims? Claims, string? Complaint) Read(string json) =>
        TokenClaims.Read(Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json)));
}
