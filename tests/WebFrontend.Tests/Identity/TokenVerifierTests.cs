using System.Security.Cryptography;
using LiveComments.WebFrontend.Identity;
using Microsoft.IdentityModel.Tokens;
using static LiveComments.WebFrontend.Tests.Identity.VerifierParts;

namespace LiveComments.WebFrontend.Tests.Identity;

/// <summary>Which tokens are taken, by keys that the settings give.</summary>
public sealed class TokenVerifierTests : IDisposable
{
    private static readonly byte[] Key = SHA256.HashData("key"u8), Previous = SHA256.HashData("previous"u8);

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task The_shared_key_and_the_one_before_it_are_taken()
    {
        using var verifier = Verifier(issuers: new IssuerOptions
        {
            Issuer = Issuer,
            Audience = Audience,
            Key = Convert.ToBase64String(Key),
            PreviousKey = Convert.ToBase64String(Previous),
        });
        foreach (var key in (byte[][])[Key, Previous])
            Assert.NotNull((await verifier.VerifyAsync(Token(new SymmetricSecurityKey(key), SecurityAlgorithms.HmacSha256))).Person);
        Assert.NotNull((await verifier.VerifyAsync(Token(new SymmetricSecurityKey(new byte[32]), SecurityAlgorithms.HmacSha256))).Complaint);
    }

    [Fact]
    public async Task A_public_key_in_a_file_is_taken_by_its_own_algorithms_alone()
    {
        using var rsa = RSA.Create(2048);
        await File.WriteAllTextAsync(_file, rsa.ExportSubjectPublicKeyInfoPem());
        using var verifier = Verifier(issuers: new IssuerOptions { Issuer = Issuer, Audience = Audience, PublicKeyPath = _file });

        Assert.NotNull((await verifier.VerifyAsync(Token(new RsaSecurityKey(rsa), SecurityAlgorithms.RsaSha256))).Person);
        foreach (var bytes in (byte[][])[rsa.ExportSubjectPublicKeyInfo(), await File.ReadAllBytesAsync(_file)])
            Assert.NotNull((await verifier.VerifyAsync(Token(new SymmetricSecurityKey(bytes), SecurityAlgorithms.HmacSha256))).Complaint);
    }

    [Fact]
    public async Task The_key_of_one_issuer_signs_for_no_other()
    {
        using var verifier = Verifier(
            null,
            new IssuerOptions { Issuer = Issuer, Audience = Audience, Key = Convert.ToBase64String(Key) },
            new IssuerOptions { Issuer = "https://other.example", Audience = Audience, Key = Convert.ToBase64String(Previous) });
        Assert.NotNull((await verifier.VerifyAsync(Token(new SymmetricSecurityKey(Previous), SecurityAlgorithms.HmacSha256))).Complaint);
    }

    [Fact]
    public async Task An_issuer_speaks_for_its_own_videos_alone()
    {
        using var verifier = Verifier(issuers: new IssuerOptions
        {
            Issuer = Issuer,
            Audience = Audience,
            Key = Convert.ToBase64String(Key),
            Videos = ["shop-*"],
        });
        var person = (await verifier.VerifyAsync(Token(new SymmetricSecurityKey(Key), SecurityAlgorithms.HmacSha256))).Person!;
        Assert.True(person.IsFor(LiveVideoId.Parse("shop-1")));
        Assert.False(person.IsFor(LiveVideoId.Parse("news-1")));
    }

    [Fact]
    public async Task A_token_that_is_remembered_is_so_until_it_expires()
    {
        var time = new ManualTime();
        using var verifier = Verifier(time, new IssuerOptions { Issuer = Issuer, Audience = Audience, Key = Convert.ToBase64String(Key) });
        time.SetWallClock(DateTimeOffset.UtcNow);
        var token = Token(new SymmetricSecurityKey(Key), SecurityAlgorithms.HmacSha256, endsIn: TimeSpan.FromMinutes(10));

        var first = (await verifier.VerifyAsync(token)).Person;
        Assert.Same(first, (await verifier.VerifyAsync(token)).Person);
        time.Advance(TimeSpan.FromMinutes(12));
        Assert.NotNull((await verifier.VerifyAsync(token)).Complaint);
    }

    [Fact]
    public async Task Of_a_thousand_changed_tokens_none_is_taken()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        using var verifier = Verifier(issuers: new IssuerOptions { Issuer = Issuer, Audience = Audience, Key = Convert.ToBase64String(Key) });
        var token = Token(new SymmetricSecurityKey(Key), SecurityAlgorithms.HmacSha256);
        Assert.NotNull((await verifier.VerifyAsync(token)).Person);
        for (var i = 0; i < 1_000; i++)
        {
            var changed = ChangedTokens.Change(token, random);
            if (SaysTheSame(changed, token)) continue;
            var verdict = await verifier.VerifyAsync(changed);
            Assert.True(verdict is { Person: null, Complaint: not null }, $"seed {seed}, {i}: {changed}");
        }
    }

    /// <summary>The last character of a part has bits that no byte has.</summary>
    private static bool SaysTheSame(string changed, string token)
    {
        var (one, other) = (changed.Split('.'), token.Split('.'));
        return one.Length == other.Length && one.Zip(other).All(parts => Bytes(parts.First) is { } bytes && bytes.SequenceEqual(Bytes(parts.Second)!));

        static byte[]? Bytes(string part)
        {
            try
            {
                return Base64UrlEncoder.DecodeBytes(part);
            }
            catch (FormatException)
            {
                return null;
            }
        }
    }
}

/// <summary>Tokens that somebody tampered with.</summary>
internal static class ChangedTokens
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/{} \"";

    /// <summary>A token with a few changes at random: characters put in, left out, replaced and moved, and parts left out and doubled.</summary>
    public static string Change(string token, Random random)
    {
        var text = token;
        for (var changes = random.Next(1, 4); changes > 0 && text.Length > 0; changes--)
        {
            var (at, other) = (random.Next(text.Length), random.Next(text.Length));
            var character = Alphabet[random.Next(Alphabet.Length)].ToString();
            text = random.Next(6) switch
            {
                0 => text.Insert(at, character),
                1 => text.Remove(at, 1),
                2 => text.Remove(at, 1).Insert(at, character),
                3 => text[..Math.Max(1, at)],
                4 => text.Insert(at, text[Math.Min(at, other)..Math.Max(at, other)]),
                _ => string.Join('.', text.Split('.').OrderBy(_ => random.Next())) + ".",
            };
        }

        return text == token ? token + "x" : text;
    }
}
