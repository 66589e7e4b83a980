using LiveComments.WebFrontend.Identity;
using Microsoft.IdentityModel.Tokens;
using static LiveComments.WebFrontend.Tests.Identity.VerifierParts;

namespace LiveComments.WebFrontend.Tests.Identity;

/// <summary>Issuers that publish their keys: a real server, which rotates them, hangs, answers garbage and goes away.</summary>
public sealed class PublishedKeysTests : IAsyncLifetime
{
    private readonly FlyingClock _time = new();
    private JwksServer _server = null!;
    private TokenVerifier _verifier = null!;

    public async Task InitializeAsync()
    {
        _server = await JwksServer.StartAsync();
        _verifier = Verifier(_time, Published(_server));
    }

    public async Task DisposeAsync()
    {
        _verifier.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task The_keys_are_fetched_once_and_tokens_that_they_signed_are_taken()
    {
        foreach (var subject in (string[])["user-1", "user-2", "user-3"])
            Assert.NotNull((await JudgeAsync(Token(_server.Key, subject: subject))).Person);
        Assert.Equal(1, _server.Requests);
    }

    [Fact]
    public async Task The_discovery_document_says_where_the_keys_are()
    {
        using var verifier = Verifier(_time, new IssuerOptions { Issuer = Issuer, Audience = Audience, Authority = _server.Authority });
        Assert.NotNull((await verifier.VerifyAsync(Token(_server.Key)).AsTask().InTime()).Person);
    }

    [Fact]
    public async Task A_new_key_is_found_when_a_token_names_it_and_the_old_one_is_not_taken_any_more()
    {
        await JudgeAsync(Token(_server.Key));
        var old = _server.Key;
        _server.Rotate();
        _time.Advance(FetchedKeys.Pause);

        Assert.NotNull((await JudgeAsync(Token(_server.Key, subject: "user-2"))).Person);
        Assert.NotNull((await JudgeAsync(Token(old, subject: "user-3"))).Complaint);
        Assert.Equal(2, _server.Requests);
    }

    [Fact]
    public async Task Unknown_keys_make_the_node_ask_twice_a_minute_at_most()
    {
        await JudgeAsync(Token(_server.Key));
        using var stranger = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        for (var second = 0; second < 60; second++)
        {
            for (var i = 0; i < 20; i++)
                Assert.NotNull((await JudgeAsync(Token(new ECDsaSecurityKey(stranger) { KeyId = $"{second}-{i}" }))).Complaint);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        // The first was for the keys themselves.
        Assert.InRange(_server.Requests, 2, 3);
    }

    [Theory]
    [InlineData(JwksAnswer.Garbage)]
    [InlineData(JwksAnswer.Error)]
    [InlineData(JwksAnswer.Nothing)]
    public async Task While_the_endpoint_fails_the_last_keys_serve(JwksAnswer answer)
    {
        await JudgeAsync(Token(_server.Key));
        _server.Answer = answer;
        _time.Advance(FetchedKeys.MaxAge);

        // The first asks for the keys anew, and nobody waits for the answer.
        foreach (var subject in (string[])["user-2", "user-3"])
            Assert.NotNull((await JudgeAsync(Token(_server.Key, subject: subject, endsIn: TimeSpan.FromDays(1)))).Person);
    }

    [Theory]
    [InlineData(JwksAnswer.Garbage)]
    [InlineData(JwksAnswer.Error)]
    public async Task Without_any_keys_a_token_is_not_judged_and_with_them_it_is(JwksAnswer answer)
    {
        _server.Answer = answer;
        Assert.Equal(TokenVerdict.IssuerAway, await JudgeAsync(Token(_server.Key)));
        _server.Answer = JwksAnswer.Keys;
        Assert.Equal(TokenVerdict.IssuerAway, await JudgeAsync(Token(_server.Key)));
        Assert.Equal(1, _server.Requests);

        _time.Advance(FetchedKeys.Pause);
        Assert.NotNull((await JudgeAsync(Token(_server.Key))).Person);
    }

    [Fact]
    public async Task An_endpoint_that_has_gone_leaves_the_last_keys()
    {
        await JudgeAsync(Token(_server.Key));
        await _server.DisposeAsync();
        _time.Advance(FetchedKeys.MaxAge);
        Assert.NotNull((await JudgeAsync(Token(_server.Key, subject: "user-2", endsIn: TimeSpan.FromDays(1)))).Person);
    }

    [Fact]
    public async Task A_public_key_is_no_shared_one_and_a_shared_one_that_is_published_signs_nothing()
    {
        var point = _server.Key.ECDsa.ExportSubjectPublicKeyInfo();
        Assert.NotNull((await JudgeAsync(Token(new SymmetricSecurityKey(point) { KeyId = _server.Key.KeyId }, SecurityAlgorithms.HmacSha256))).Complaint);
        Assert.NotNull((await JudgeAsync(Token(new SymmetricSecurityKey(new byte[32]) { KeyId = "shared" }, SecurityAlgorithms.HmacSha256))).Complaint);
    }

    private Task<TokenVerdict> JudgeAsync(string token) => _verifier.VerifyAsync(token).AsTask().InTime();

    /// <summary>The machine's clock, which a test lets run ahead.</summary>
    private sealed class FlyingClock : TimeProvider
    {
        private TimeSpan _ahead;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Advance(TimeSpan by) => _ahead += by;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _ahead;

        public override long GetTimestamp() => _ahead.Ticks;
    }
}
