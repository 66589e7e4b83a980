using System.Security.Cryptography;
using LiveComments.WebFrontend.Audit;
using Microsoft.IdentityModel.Tokens;

namespace LiveComments.Silo;

/// <summary>The command <c>audit verify</c>, which proves an export of an audit. It needs no server.</summary>
internal static class AuditCommand
{
    private const string Usage =
        "Usage: audit verify <file, or - for the standard input> --key <file of a public key: PEM, or what GET /audit/keys gives> "
        + "[--key <file>…] [--checkpoint <file of a checkpoint that was kept elsewhere>]";

    /// <summary>Whether the arguments of the program are of this command.</summary>
    public static bool Is(string[] args) => args is ["audit", ..];

    /// <summary>Runs it.</summary>
    /// <returns>0 if the export is proven, 1 if it is broken, 2 if the command is wrong.</returns>
    public static async Task<int> RunAsync(string[] args, TextReader input, TextWriter output, TextWriter errors)
    {
        if (args is not ["audit", "verify", var export, .. var options] || options.Length % 2 != 0) return await WrongAsync(Usage);
        var (keys, kept) = (new List<SecurityKey>(), new List<string>());
        try
        {
            foreach (var option in options.Chunk(2))
            {
                if (option[0] == "--key") keys.AddRange(ReadKeys(await File.ReadAllTextAsync(option[1])));
                else if (option[0] == "--checkpoint") kept.Add((await File.ReadAllTextAsync(option[1])).Trim());
                else return await WrongAsync(Usage);
            }

            if (keys.Count == 0) return await WrongAsync(Usage);
            using var file = export == "-" ? null : new StreamReader(export);
            return await VerifyAsync(file ?? input, new(keys), kept, output);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return await WrongAsync(exception.Message);
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            return await WrongAsync($"That is no public key: {exception.Message}");
        }

        async Task<int> WrongAsync(string what)
        {
            await errors.WriteLineAsync(what);
            return 2;
        }
    }

    private static async Task<int> VerifyAsync(
        TextReader export, AuditVerifier verifier, IReadOnlyList<string> kept, TextWriter output)
    {
        for (var line = 1; await export.ReadLineAsync() is { } text; line++)
        {
            if (await verifier.TakeAsync(text) is not { } wrong) continue;
            await output.WriteLineAsync($"Broken at line {line}: {wrong}");
            return 1;
        }

        foreach (var checkpoint in kept)
        {
            if (await verifier.CheckKeptAsync(checkpoint) is not { } wrong) continue;
            await output.WriteLineAsync($"Broken against the checkpoint that was kept: {wrong}");
            return 1;
        }

        await output.WriteLineAsync(verifier.Summary);
        return 0;
    }

    private static IEnumerable<SecurityKey> ReadKeys(string text)
    {
        if (text.AsSpan().TrimStart().StartsWith("{")) return JsonWebKeySet.Create(text).GetSigningKeys();
        var key = ECDsa.Create();
        key.ImportFromPem(text);
        return [AuditKey.Named(key)];
    }
}
