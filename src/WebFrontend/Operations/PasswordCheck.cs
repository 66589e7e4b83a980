using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;

namespace LiveComments.WebFrontend.Operations;

/// <summary>What a password is found to be.</summary>
internal enum PasswordVerdict
{
    /// <summary>It is the operators' password.</summary>
    Right,

    /// <summary>It is not.</summary>
    Wrong,

    /// <summary>Too many wrong ones came from this address; whether this one is right is not told.</summary>
    NotTold,
}

/// <summary>Compares passwords with the operators', and holds each client address to a few wrong ones.</summary>
internal sealed class PasswordCheck(OperationsOptions settings, OperatorMetrics metrics) : IDisposable
{
    /// <summary>Wrong passwords that an address may send at once after a pause.</summary>
    private const int WrongAtOnce = 5;

    /// <summary>After how long an address that has used them up may send one more.</summary>
    public static readonly TimeSpan OneMoreAfter = TimeSpan.FromSeconds(10);

    private readonly byte[]? _password = settings.Password is { } password ? Hash(password) : null;

    private readonly PartitionedRateLimiter<IPAddress> _wrong = PartitionedRateLimiter.Create<IPAddress, IPAddress>(client =>
        RateLimitPartition.GetTokenBucketLimiter(client, _ => new()
        {
            TokenLimit = WrongAtOnce,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = OneMoreAfter,
        }));

    /// <summary>Judges a password that came from this address. Only a wrong one counts against it.</summary>
    public PasswordVerdict Judge(IPAddress client, string password)
    {
        // Of hashes, so that the time taken does not tell the length either.
        var verdict = CryptographicOperations.FixedTimeEquals(Hash(password), _password) ? WhenRight(client) : WhenWrong(client);
        if (verdict == PasswordVerdict.Wrong) metrics.Refused("wrong_password");
        if (verdict == PasswordVerdict.NotTold) metrics.Refused("too_many_guesses");
        return verdict;
    }

    public void Dispose() => _wrong.Dispose();

    // A lease of 0 permits succeeds while a part of a permit is left. Count whole ones.
    private PasswordVerdict WhenRight(IPAddress client) =>
        _wrong.GetStatistics(client) is { CurrentAvailablePermits: > 0 } ? PasswordVerdict.Right : PasswordVerdict.NotTold;

    private PasswordVerdict WhenWrong(IPAddress client)
    {
        using var lease = _wrong.AttemptAcquire(client);
        return lease.IsAcquired ? PasswordVerdict.Wrong : PasswordVerdict.NotTold;
    }

    private static byte[] Hash(string password) => SHA256.HashData(Encoding.UTF8.GetBytes(password));
}
