using System.Net;
using System.Text;
using LiveComments.HttpContract.Client;

namespace LiveComments.HttpContract;

/// <summary>
/// Who may use the addresses that are for operators alone, on a real program that each test starts with settings of its own.
/// </summary>
public abstract class OperatorContract
{
    /// <summary>The password of the tests.</summary>
    protected const string Password = "correct horse: battery";

    /// <summary>The setting that makes it the operators'.</summary>
    protected const string PasswordSetting = $"--Operations:Password={Password}";

    // More wrong passwords than any address may send at once.
    private const int Flood = 100;

    /// <summary>The addresses: the page, and something of each kind that it is made of.</summary>
    protected abstract IReadOnlyList<string> Paths { get; }

    /// <summary>Starts the program; what it needs besides goes with the test.</summary>
    protected abstract Task<ServerProcess> StartAsync(params IEnumerable<string> settings);

    [Fact]
    public async Task Without_a_password_they_are_for_this_machine_alone()
    {
        await using var server = await StartAsync();
        using var client = new HttpClient { BaseAddress = server.Address };
        foreach (var path in Paths)
        {
            await AllowedAsync(client, path);
            await AllowedAsync(client, path, ("Host", "localhost"));
            await AllowedAsync(client, path, ("Host", "[::1]:5000"));
            // A name that somebody made lead here, and proxies on this machine, each with the header that tells of it.
            await RefusedAsync(client, path, ("Host", "attacker.example"));
            await RefusedAsync(client, path, ("Host", "localhost.attacker.example"));
            await RefusedAsync(client, path, ("X-Forwarded-For", "127.0.0.1"));
            await RefusedAsync(client, path, ("X-Forwarded-Proto", "https"));
            await RefusedAsync(client, path, ("X-Forwarded-Host", "localhost"));
            await RefusedAsync(client, path, ("X-Real-IP", "127.0.0.1"));
            await RefusedAsync(client, path, ("Forwarded", "for=127.0.0.1"));
            await RefusedAsync(client, path, ("Via", "1.1 proxy"));
            await RefusedAsync(client, path, ("X-Forwarded", "for=127.0.0.1"));
            await RefusedAsync(client, path, ("CF-Connecting-IP", "127.0.0.1"));
            await RefusedAsync(client, path, ("True-Client-IP", "127.0.0.1"));
            await RefusedAsync(client, path, ("X-Client-IP", "127.0.0.1"));
            await RefusedAsync(client, path, ("X-Envoy-External-Address", "127.0.0.1"));
        }
    }

    [Fact]
    public async Task What_a_trusted_proxy_says_makes_nobody_this_machine()
    {
        await using var server = await StartAsync("--Http:TrustedProxies:0=127.0.0.1");
        using var client = new HttpClient { BaseAddress = server.Address };
        foreach (var path in Paths)
        {
            foreach (var named in new[] { "203.0.113.7", "127.0.0.1", "[::1]:1234", "127.0.0.1, 127.0.0.1", "nobody" })
                await RefusedAsync(client, path, ("X-Forwarded-For", named));
            await RefusedAsync(client, path, ("X-Forwarded-Proto", "https"));
        }
    }

    [Fact]
    public async Task With_a_password_nobody_sees_them_who_does_not_know_it()
    {
        await using var server = await StartAsync(PasswordSetting);
        foreach (var (path, n) in Paths.Select((path, index) => (path, (byte)(index + 1))))
        {
            // Each from an address of its own: an address may be wrong a few times only.
            using var client = LocalAddress.Client(server.Address, n);
            string?[] none = [null, "", "Basic", "Basic !", "Basic " + Encode("no colon"), "Bearer " + Encode($"ops:{Password}")];
            string[] wrong = [Basic("wrong"), Basic(""), Basic(Password + "x"), Basic(Password[..^1])];
            foreach (var given in none.Concat(wrong))
            {
                var answer = await GetAsync(client, path, ("Authorization", given));
                Assert.Equal(
                    """Basic realm="LiveComments operations", charset="UTF-8" """.TrimEnd(), answer.Headers.WwwAuthenticate.ToString());
                var problem = await Problem.ReadAsync(HttpStatusCode.Unauthorized, answer);
                Assert.Equal("urn:problem-type:livecomments:password-needed", problem.Type);
            }

            await AllowedAsync(client, path, ("Authorization", Basic(Password)));
            await AllowedAsync(client, path, ("Authorization", Basic(Password)), ("Host", "comments.example"), ("X-Forwarded-For", "203.0.113.7"));
        }
    }

    [Fact]
    public async Task The_password_may_be_in_a_file()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, Password + "\n");
        await using var server = await StartAsync($"--Operations:PasswordFile={file}");
        using var client = new HttpClient { BaseAddress = server.Address };

        await AllowedAsync(client, Paths[0], ("Authorization", Basic(Password)));
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(client, Paths[0], ("Authorization", Basic(Password + "\n")))).StatusCode);
        File.Delete(file);
    }

    [Fact]
    public async Task An_address_that_sent_too_many_wrong_passwords_is_told_nothing_more_for_a_while()
    {
        await using var server = await StartAsync(PasswordSetting);
        using var guesser = new HttpClient { BaseAddress = server.Address };
        using var patience = new CancellationTokenSource(Patience.Limit);
        HttpResponseMessage right;
        // On a machine that stands still for a while the guesser has one more guess meanwhile.
        while ((right = await FloodAsync()).StatusCode == HttpStatusCode.OK) patience.Token.ThrowIfCancellationRequested();

        Assert.InRange(right.Headers.RetryAfter?.Delta ?? TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        await Problem.ReadAsync(HttpStatusCode.TooManyRequests, right);
        await Problem.ReadAsync(HttpStatusCode.Unauthorized, await GetAsync(guesser, Paths[0]));
        using var other = LocalAddress.Client(server.Address, 2);
        foreach (var path in Paths) await AllowedAsync(other, path, ("Authorization", Basic(Password)));

        async Task<HttpResponseMessage> FloodAsync()
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, Flood).Select(guess =>
                GetAsync(guesser, Paths[guess % Paths.Count], ("Authorization", Basic($"wrong {guess}")))));
            Assert.All(answers, answer => Assert.True(answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests));
            Assert.InRange(answers.Count(answer => answer.StatusCode == HttpStatusCode.Unauthorized), 0, Flood / 2);
            return await GetAsync(guesser, Paths[0], ("Authorization", Basic(Password)));
        }
    }

    /// <summary>The header of HTTP Basic for this password.</summary>
    protected static string Basic(string password) => "Basic " + Encode($"ops:{password}");

    /// <summary>Asks for an address with these headers, and reads no more than the beginning of the answer.</summary>
    protected static async Task<HttpResponseMessage> GetAsync(HttpClient client, string path, params (string Name, string? Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
            Assert.True(value is null || request.Headers.TryAddWithoutValidation(name, value));
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).InTime();
    }

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static async Task AllowedAsync(HttpClient client, string path, params (string Name, string? Value)[] headers)
    {
        using var answer = await GetAsync(client, path, headers);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path} with {string.Join(", ", headers)}: {answer.StatusCode}");
    }

    private static async Task RefusedAsync(HttpClient client, string path, params (string Name, string? Value)[] headers)
    {
        var problem = await Problem.ReadAsync(HttpStatusCode.Forbidden, await GetAsync(client, path, headers));
        Assert.Equal("urn:problem-type:livecomments:operators-only", problem.Type);
    }
}
