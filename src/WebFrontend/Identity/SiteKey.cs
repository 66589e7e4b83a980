using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace LiveComments.WebFrontend.Identity;

/// <summary>The keys that are derived from the site's key, each for one use.</summary>
internal sealed class SiteKey
{
    private const int KeyBytes = 32;

    private readonly byte[]? _authors;
    private readonly byte[]? _addresses;

    public SiteKey(AuthOptions settings)
    {
        if (settings.GuestKey is not { } text) return;
        var site = Convert.FromBase64String(text);
        _authors = Derive("authors' ids"u8);
        _addresses = Derive("addresses' ids"u8);
        if (settings.GivesGuestTokens) Guests = new(Derive("guests' tokens"u8));

        byte[] Derive(ReadOnlySpan<byte> use) => HKDF.Expand(HashAlgorithmName.SHA256, site, KeyBytes, use.ToArray());
    }

    /// <summary>Signs the tokens of guests; null if there are none.</summary>
    public SymmetricSecurityKey? Guests { get; }

    /// <summary>The id of a person on comments; null without a key. Nobody learns the subject from it.</summary>
    public AuthorId? IdOf(string issuer, string subject)
    {
        // The byte 0 ends the issuer: where one text ends and the other begins is part of what is hashed.
        return _authors is null ? null : Hash(_authors, $"{issuer}\0{subject}");
    }

    /// <summary>The identity of somebody without a token, from the address; null without a key.</summary>
    public AuthorIdentity? IdentityOf(IPAddress address) =>
        _addresses is null ? null : AuthorIdentity.OfAddress(Hash(_addresses, address.ToString()));

    private static AuthorId Hash(byte[] key, string text)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text), hash);
        return AuthorId.FromHash(hash);
    }
}
