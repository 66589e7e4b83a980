using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Npgsql;

namespace LiveComments.Postgres;

/// <summary>
/// A PostgreSQL server of its own, in a temporary folder and on a free port of 127.0.0.1, with the cluster's tables; gone afterwards. It
/// needs Debian's package <c>postgresql</c>, of which it takes the programs alone. They refuse to run as root, and then run as
/// <c>postgres</c>.
/// </summary>
public sealed partial class PostgresServer : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("livecomments-postgres-");
    private readonly int _port = FreePort();
    private ToolProcess? _server;

    /// <summary>How nodes connect to its database: as a role that may do no more than they need.</summary>
    public string ConnectionString => As("livecomments");

    /// <summary>How to connect as the one who may do everything.</summary>
    public string AdministratorConnectionString => As("postgres");

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (Environment.IsPrivilegedProcess) await RunAsync("chown", "postgres", _folder.FullName);
        await RunAsync(AsPostgres("initdb", "-D", Data, "-U", "postgres", "-A", "trust", "--no-sync"));

        await StartAsync();
        var script = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "postgresql.sql"));
        await using var source = NpgsqlDataSource.Create(As("postgres"));
        await using var tables = source.CreateCommand(script);
        await tables.ExecuteNonQueryAsync();
        // The script says what a node's role needs.
        var grants = Grant().Matches(script).Select(grant => grant.Groups[1].Value);
        await using var role = source.CreateCommand($"CREATE ROLE livecomments LOGIN; {string.Join(' ', grants)}");
        await role.ExecuteNonQueryAsync();
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            // SIGINT: connections are cut, and its processes end with it.
            await _server.StopAsync("INT");
            await _server.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    /// <summary>Starts it, for the first time or again, with what it has on disk.</summary>
    public async Task StartAsync()
    {
        string[] command = AsPostgres("postgres", "-D", Data, "-p", $"{_port}", "-h", "127.0.0.1", "-k", "");
        _server = await ToolProcess.StartAsync(command[0], command[1..], ReadyLine());
    }

    /// <summary>Ends all of its processes at once, with SIGKILL: what it has not written is lost.</summary>
    public async Task KillAsync()
    {
        await SignalAsync("KILL");
        await _server!.DisposeAsync();
        _server = null;
    }

    /// <summary>Runs a statement as the one who may do everything, and gives its first value.</summary>
    public async Task<object?> AskAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(AdministratorConnectionString + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Stops its processes where they are, with SIGSTOP: connections stay open, and nothing comes from them.</summary>
    public Task PauseAsync() => SignalAsync("STOP");

    /// <summary>Lets them go on.</summary>
    public Task ContinueAsync() => SignalAsync("CONT");

    /// <summary>Reads what grain storage holds: a state of each row.</summary>
    public async Task<IReadOnlyList<byte[]>> ReadStatesAsync()
    {
        await using var source = NpgsqlDataSource.Create(As("postgres"));
        await using var query = source.CreateCommand("SELECT PayloadBinary FROM OrleansStorage WHERE PayloadBinary IS NOT NULL");
        await using var rows = await query.ExecuteReaderAsync();
        var states = new List<byte[]>();
        while (await rows.ReadAsync()) states.Add(rows.GetFieldValue<byte[]>(0));
        return states;
    }

    private string As(string role) => $"Host=127.0.0.1;Port={_port};Username={role};Database=postgres;Maximum Pool Size=50";

    private string Data => Path.Combine(_folder.FullName, "data");

    // Each connection has a process of its own, a child of the first.
    private async Task SignalAsync(string signal)
    {
        // So that it starts none meanwhile. One may have ended when its turn comes.
        await RunAsync("kill", "-STOP", $"{_server!.Id}");
        var children = await File.ReadAllTextAsync($"/proc/{_server.Id}/task/{_server.Id}/children");
        await ChildProcess.RunAsync(new("kill", [$"-{signal}", .. children.Split(' ', StringSplitOptions.RemoveEmptyEntries)]));
        await RunAsync("kill", $"-{signal}", $"{_server.Id}");
    }

    private static string[] AsPostgres(string program, params string[] arguments) => Environment.IsPrivilegedProcess
        ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", PathOf(program), .. arguments]
        : [PathOf(program), .. arguments];

    // Debian keeps the servers of several versions side by side, and none on the PATH.
    private static string PathOf(string program) =>
        Directory.Exists("/usr/lib/postgresql")
        && Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin", program)).LastOrDefault(File.Exists) is { } path
            ? path
            : program;

    private static async Task RunAsync(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().InTime();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{command[0]}: {await output}{await errors}");
    }

    [GeneratedRegex("--     (GRANT .*;|CREATE SCHEMA .*;)")]
    private static partial Regex Grant();

    [GeneratedRegex("database system is ready to accept connections")]
    private static partial Regex ReadyLine();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
