using BenchmarkDotNet.Attributes;
using LiveComments.WebFrontend.Identity;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveComments.Micro;

/// <summary>A token that was seen before: what each further post of its bearer pays for it.</summary>
[MemoryDiagnoser]
public class Tokens
{
    private TokenVerifier _verifier = null!;
    private string _token = "";

    [GlobalSetup]
    public async Task SetupAsync()
    {
        var settings = new AuthOptions { GuestKey = Convert.ToBase64String(new byte[32]) };
        var site = new SiteKey(settings);
        _verifier = new(settings, site, TimeProvider.System, new(NullLogger<IssuerLog>.Instance));
        _token = new GuestTokens(site, TimeProvider.System).Give().Token;
        await _verifier.VerifyAsync(_token);
    }

    [Benchmark]
    public ValueTask<bool> Repeated() => IsValidAsync();

    private async ValueTask<bool> IsValidAsync() => (await _verifier.VerifyAsync(_token)).Person is not null;
}
