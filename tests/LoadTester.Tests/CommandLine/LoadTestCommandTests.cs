using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using LiveComments.LoadTester.CommandLine;
using LiveComments.LoadTester.Tests.FaultyServer;
using Spectre.Console;

namespace LiveComments.LoadTester.Tests.CommandLine;

public sealed class LoadTestCommandTests : IDisposable
{
    private const string Fast = "--viewers 5 --rate 50 --duration 500ms --warmup 0s --drain 2s";

    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly string _json = Path.GetTempFileName();

    public void Dispose() => File.Delete(_json);

    [Theory]
    [InlineData("", "Option '--url' is required.")]
    [InlineData("--url", "Required argument missing for option: '--url'.")]
    [InlineData("--url nowhere", "--url must be an http://, https:// or orleans:// address, such as http://127.0.0.1:5000.")]
    [InlineData("--url ftp://x", "--url must be an http://, https:// or orleans:// address, such as http://127.0.0.1:5000.")]
    [InlineData("--url http://x --url orleans://x:1", "--url must be all orleans:// addresses, or none.")]
    [InlineData("--url orleans://x", "--url must name the port of the gateway, such as orleans://127.0.0.1:30000.")]
    [InlineData("--url orleans://x:1 --header A:b", "--post-url, --http2, --insecure, --any-event and the options of requests are for HTTP.")]
    [InlineData("--url orleans://x:1 --slow 1", "--slow, --churn, --removals, --backlog, --processes and --sources are for HTTP.")]
    [InlineData("--url orleans://x:1 --insecure", "--post-url, --http2, --insecure, --any-event and the options of requests are for HTTP.")]
    [InlineData("--url orleans://x:1 --http2", "--post-url, --http2, --insecure, --any-event and the options of requests are for HTTP.")]
    [InlineData("--url orleans://x:1 --post-path /x", "--post-url, --http2, --insecure, --any-event and the options of requests are for HTTP.")]
    [InlineData("--url http://x --post-path /x/{vidoe}",
        "--post-path is not valid: {vidoe} is no placeholder here; there are {video}, {number}, {uuid}, {author}, {message}, {comment}.")]
    [InlineData("--url http://x --stream-path /x/{message}",
        "--stream-path is not valid: {message} is no placeholder here; there are {video}, {number}, {uuid}, {viewer}, {backlog}.")]
    [InlineData("--url http://x --header A:{viewer}",
        "--header is not valid: {viewer} is no placeholder here; there are {video}, {number}, {uuid}.")]
    [InlineData("--url http://x --stream-path x",
        "--stream-path must be a path such as /comments/{video}/stream?backlog={backlog}, percent-encoded, not 'x'.")]
    [InlineData("--url http://x --post-path /\u00e9", "--post-path must be a path such as /comments/{video}, percent-encoded, not '/\u00e9'.")]
    [InlineData("--url http://x --post-header nonsense", "--post-header must be 'Name: value', not 'nonsense'.")]
    [InlineData("--url http://x --post-type a\nb", "--post-type must be one line, not 'a?b'.")]
    [InlineData("--url http://x --post-method P/T", "--post-method must be a word such as POST, not 'P/T'.")]
    [InlineData("--url http://x --post-body {}", "--post-body must have {message} in it: deliveries are recognised by that text.")]
    [InlineData("--url http://x --viewers many", "--viewers must be a number from 0 to 1000000, not 'many'.")]
    [InlineData("--url http://x --videos 0", "--videos must be a number from 1 to 1000000, not '0'.")]
    [InlineData("--url http://x --zipf NaN", "--zipf must be a number from 0 to 5, not 'NaN'.")]
    [InlineData("--url http://x --rate -1", "--rate must be a number from 0 to 1000000, not '-1'.")]
    [InlineData("--url http://x --duration 5x", "--duration must be a time up to a day, such as 500ms, 30s or 2m, not '5x'.")]
    [InlineData("--url http://x --duration 25h", "--duration must be a time up to a day, such as 500ms, 30s or 2m, not '25h'.")]
    [InlineData("--url http://x --warmup s", "--warmup must be a time up to a day, such as 500ms, 30s or 2m, not 's'.")]
    [InlineData("--url http://x --message-size 501", "--message-size must be a number from 53 to 500, not '501'.")]
    [InlineData("--url http://x --sources 127.0.0.2,there", "--sources must be IP addresses, with commas between.")]
    [InlineData("--url http://x --unheard-of", "Unrecognized command or argument '--unheard-of'.")]
    [InlineData("--url http://x --viewers 5 --slow 6", "--slow cannot be more than --viewers.")]
    [InlineData("--url http://x --removals 1", "--removals needs a --moderator-token with the scope comments:moderate.")]
    [InlineData("--url http://x --rate 1 --removals 2 --moderator-token t", "--removals cannot be more than --rate.")]
    [InlineData("--url http://x --removals 1 --moderator-token t --any-event",
        "--removals is for the API of LiveComments, not for --any-event.")]
    [InlineData("--url http://x --rate 1000000 --duration 1h", "--rate times --duration is more than 50000000 comments.")]
    [InlineData("--url http://x --steady 5s", "--steady needs a --pid, whose CPU it watches.")]
    [InlineData("--url http://x --pid 2147483647", "--pid: there is no process 2147483647.")]
    [InlineData("--url http://x --json /nowhere/result.json", "--json: Could not find a part of the path '/nowhere/result.json'.")]
    [InlineData("--url http://x --sources 203.0.113.1", "--sources: 203.0.113.1 is not an address of this machine.")]
    public async Task Bad_options_are_one_clear_line_and_exit_code_2(string arguments, string line)
    {
        Assert.Equal(ExitCode.BadOptions, await RunAsync(arguments));
        Assert.Equal(line + Environment.NewLine, _error.ToString());
        Assert.Equal("", _output.ToString());
    }

    [Theory]
    [InlineData("--viewers 1000000", "open files in a process")]
    [InlineData("--viewers 1000000 --processes 64", "ports of a source address")]
    public async Task A_run_beyond_a_limit_of_this_machine_says_which(string arguments, string limit)
    {
        Assert.Equal(ExitCode.BadOptions, await RunAsync($"--url http://127.0.0.1 {arguments}"));
        Assert.Contains(limit, _error.ToString());
        Assert.Single(_error.ToString().TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task A_clean_run_passes_and_writes_the_same_as_JSON()
    {
        await using var server = new TinyServer(new Faults());

        Assert.Equal(ExitCode.Passed, await RunAsync($"--url {server.Url} {Fast} --json {_json} --pid {Environment.ProcessId}"));

        Assert.Equal("", _error.ToString());
        Assert.Contains("Nothing missing, doubled or out of order.", _output.ToString());
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(_json));
        Assert.Equal(25, json.RootElement.GetProperty("posts").GetProperty("acknowledged").GetInt64());
        Assert.Equal(125, json.RootElement.GetProperty("deliveries").GetProperty("total").GetInt64());
        Assert.Equal(0, json.RootElement.GetProperty("faults").GetArrayLength());
        Assert.Contains("125 expected", _output.ToString());
    }

    [Fact]
    public async Task Removals_are_in_the_result_and_the_token_from_a_file_is_not()
    {
        await using var server = new TinyServer(new Faults());
        var token = Path.GetTempFileName();
        await File.WriteAllTextAsync(token, "secret.token");

        Assert.Equal(
            ExitCode.Passed, await RunAsync($"--url {server.Url} {Fast} --json {_json} --removals 20 --moderator-token @{token}"));

        File.Delete(token);
        Assert.Contains(server.Counts.Requests, request => request.Contains("Authorization: Bearer secret.token\r\n"));
        Assert.Contains("Removal to last viewer", _output.ToString());
        var text = await File.ReadAllTextAsync(_json);
        Assert.DoesNotContain("secret", text);
        using var json = JsonDocument.Parse(text);
        Assert.Equal(server.Counts.Removed, json.RootElement.GetProperty("removals").GetProperty("acknowledged").GetInt64());
        Assert.True(json.RootElement.GetProperty("removalToLast").GetProperty("count").GetInt64() > 0);
    }

    [Fact]
    public async Task Output_that_is_no_terminal_gets_plain_lines()
    {
        await using var server = new TinyServer(new Faults());

        await RunAsync($"--url {server.Url} {Fast}");

        Assert.Contains("5 connected", _output.ToString());
        Assert.DoesNotContain('\e', _output.ToString());
    }

    [Fact]
    public async Task A_terminal_gets_a_line_that_changes_in_place()
    {
        await using var server = new TinyServer(new Faults());

        Assert.Equal(ExitCode.Passed, await RunAsync($"--url {server.Url} {Fast}", isTerminal: true));

        Assert.Contains("5 connected  ", _output.ToString());
        Assert.Contains("Nothing missing", _output.ToString());
    }

    [Fact]
    public async Task A_failed_check_ends_with_exit_code_1()
    {
        await using var server = new TinyServer(new Faults { DoubleEvery = 125 });

        Assert.Equal(ExitCode.Failed, await RunAsync($"--url {server.Url} {Fast}"));
        Assert.Contains("FAILED: 1 comments doubled", _output.ToString());
    }

    [Fact]
    public async Task Refused_posts_are_explained()
    {
        await using var server = new TinyServer(new Faults { RefuseEvery = 2 });

        Assert.Equal(ExitCode.Passed, await RunAsync($"--url {server.Url} {Fast}"));
        Assert.Contains("start the one under test with --Limits:PostsPerSecond=0", _output.ToString());
    }

    [Fact]
    public async Task A_server_that_is_not_there_ends_with_exit_code_1()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0)); // has the port, and does not listen

        Assert.Equal(ExitCode.Failed, await RunAsync($"--url http://{socket.LocalEndPoint} {Fast}"));
        Assert.Equal("Not one viewer could connect: viewer: Connection refused.", _error.ToString().TrimEnd());
    }

    [Fact]
    public async Task A_silo_that_is_not_there_ends_with_exit_code_1()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        // Has the port, and does not listen.
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        Assert.Equal(ExitCode.Failed, await RunAsync($"--url orleans://{socket.LocalEndPoint} {Fast}"));
        Assert.StartsWith("--url: ", _error.ToString());
        Assert.Single(_error.ToString().TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Help_has_an_example_for_every_kind_of_crowd()
    {
        Assert.Equal(ExitCode.Passed, await RunAsync("--help"));
        Assert.All(
            ["One hot video", "Many small videos", "Hot chat", "Moderated chat", "Idle crowd"],
            kind => Assert.Contains(kind, _output.ToString()));
    }

    [Fact]
    public async Task The_examples_of_the_help_are_valid_options()
    {
        await RunAsync("--help");
        var examples = _output.ToString().Split('\n').Select(line => line.Trim())
            .Where(line => line.StartsWith("--url http", StringComparison.Ordinal)).ToList();

        Assert.True(examples.Count >= 4);
        foreach (var example in examples)
        {
            _error.GetStringBuilder().Clear();
            // With an address that nobody has, a run gets as far as this check and no further.
            await RunAsync(example.Replace("--pid 1234", "") + " --sources 203.0.113.1");
            Assert.StartsWith("--sources: 203.0.113.1 is not an address", _error.ToString());
        }
    }

    [Fact]
    public async Task The_program_itself_ends_with_the_exit_code()
    {
        var (exitCode, _, errors) = await ChildProcess.RunAsync(
            new("dotnet", [typeof(LoadTestCommand).Assembly.Location, "--url", "nowhere"]));

        Assert.Equal(ExitCode.BadOptions, exitCode);
        Assert.Single(errors.TrimEnd().Split('\n'));
    }

    private Task<int> RunAsync(string arguments, bool isTerminal = false) => LoadTestCommand.RunAsync(
        arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), new Output(_output, isTerminal), _error);

    private sealed class Output(TextWriter writer, bool isTerminal) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => isTerminal;

        public int Width => 120;

        public int Height => 40;

        public void SetEncoding(Encoding encoding)
        {
        }
    }
}
