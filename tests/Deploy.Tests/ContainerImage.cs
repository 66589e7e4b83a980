using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using LiveComments.HttpContract;

namespace LiveComments.Deploy.Tests;

/// <summary>
/// The image of the Dockerfile, made without a container engine: each step runs in the root folder of its stage, in a sandbox
/// (bubblewrap). This machine's .NET and system libraries stand in for those of the base images. Everything else is as the
/// Dockerfile says.
/// </summary>
public sealed class ContainerImage : IAsyncLifetime
{
    // The user of the .NET images, whom they call APP_UID.
    private const string AppUser = "1654";

    // A sandbox ends with the thread that started it. A thread of our pool may go at any time; the only one of a shell stays.
    private static readonly string[] Sandbox = ["-c", "\"$@\"; exit $?", "sh", "bwrap", "--die-with-parent"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("live-comments-");
    private readonly Dictionary<string, string> _variables = new() { ["APP_UID"] = AppUser };
    private string _root = "";
    private string _workingFolder = "/";
    private string _user = "0";
    private string[] _entryPoint = [];

    /// <summary>Where the volume <c>/data</c> is on this machine.</summary>
    public string Data => Path.Combine(_root, "data");

    private static string DotNet => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        foreach (var stage in Dockerfile.Read())
        {
            foreach (var instruction in stage) await TakeAsync(instruction);
        }
    }

    /// <summary>Starts the entry point as the image's user. It can write to <c>/data</c> and nowhere else.</summary>
    public Task<ServerProcess> StartAsync() =>
        ServerProcess.StartAsync(new ProcessStartInfo(
            "sh",
            [
                .. Sandbox, "--ro-bind", _root, "/", "--ro-bind", "/usr", "/usr", "--ro-bind", DotNet, DotNet, "--bind", Data, "/data",
                "--proc", "/proc", "--dev", "/dev",
                "--unshare-user", "--unshare-pid", "--unshare-ipc", "--uid", _user, "--gid", _user,
                "--chdir", _workingFolder,
                "--clearenv", "--setenv", "PATH", $"{DotNet}:/usr/bin", "--setenv", "ASPNETCORE_URLS", "http://127.0.0.1:0",
                .. _entryPoint,
            ]));

    /// <inheritdoc/>
    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    private async Task TakeAsync(Instruction instruction)
    {
        var value = Expand(instruction.Value);
        switch (instruction.Name)
        {
            case "FROM":
                Begin(value.Split(" AS ") is [_, var stage] ? stage : "final");
                break;
            case "ARG" when value.Split('=', 2) is [var variable, var initial]:
                _variables[variable] = initial;
                break;
            case "ARG" when value == "TARGETARCH":
                _variables[value] = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "amd64";
                break;
            case "WORKDIR":
                _workingFolder = value;
                Directory.CreateDirectory(_root + value);
                break;
            case "COPY" when value == ". ." && instruction.Options.Count == 0:
                BuildContext.CopyTo(_root + _workingFolder);
                break;
            case "COPY" when value.Split(' ') is [var from, var to] && Path.GetFileName(from) == Path.GetFileName(to):
                BuildContext.Copy(Root(instruction.Options["from"]) + from, Path.GetDirectoryName(_root + to)!, new HashSet<string>());
                break;
            case "RUN":
                await RunAsync(value);
                break;
            case "USER":
                _user = value;
                break;
            case "ENTRYPOINT":
                _entryPoint = JsonSerializer.Deserialize<string[]>(value)!;
                break;
            case "VOLUME" when value == "/data":
            case "EXPOSE":
                break;
            default:
                throw new NotSupportedException($"The tests know no such step: {instruction.Name} {value}");
        }
    }

    private string Root(string stage) => Path.Combine(_folder.FullName, stage);

    private void Begin(string stage)
    {
        _root = Root(stage);
        _workingFolder = "/";
        foreach (var folder in new[] { "usr", "proc", "dev" }) Directory.CreateDirectory(Path.Combine(_root, folder));
        Directory.CreateDirectory(_root + DotNet);
        foreach (var link in new[] { "bin", "lib", "lib64" }) File.CreateSymbolicLink(Path.Combine(_root, link), $"usr/{link}");
    }

    // A step of a build has the network, the packages that were restored before, and settings such as those of NuGet.
    private Task<string> RunAsync(string step)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return Command.RunAsync(
            "/",
            "sh",
            [
                .. Sandbox, "--bind", _root, "/", "--ro-bind", "/usr", "/usr", "--ro-bind", DotNet, DotNet, "--ro-bind", "/etc", "/etc",
                "--ro-bind-try", "/run", "/run", "--bind", home, home, "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp",
                "--unshare-pid", "--chdir", _workingFolder,
                "sh", "-euc", step,
            ]);
    }

    private string Expand(string value) =>
        _variables.Aggregate(value, (text, variable) => text.Replace($"${variable.Key}", variable.Value, StringComparison.Ordinal));
}
