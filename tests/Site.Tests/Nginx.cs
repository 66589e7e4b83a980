using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using LiveComments.HttpContract;

namespace LiveComments.Site.Tests;

/// <summary>A real nginx with the configuration of <c>deploy/nginx</c> and the nodes of a test. Dispose of it to stop it.</summary>
internal sealed class Nginx : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("live-comments-nginx-");
    private readonly int _publicPort = FreePort.Next();
    private readonly int _internalPort = FreePort.Next();

    private Nginx()
    {
        // Its workers are another user's, where it is started by root.
        File.SetUnixFileMode(_folder.FullName, (UnixFileMode)0b111_101_101);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "nginx"), "*.conf"))
            File.Copy(file, Path.Combine(_folder.FullName, Path.GetFileName(file)));
    }

    /// <summary>Where it passes everything to the nodes, in the clear.</summary>
    public Uri Address => new($"http://127.0.0.1:{_internalPort}");

    /// <summary>Where browsers come: HTTP/2 over TLS.</summary>
    public Uri PublicAddress => new($"https://127.0.0.1:{_publicPort}");

    /// <summary>The certificate of <see cref="PublicAddress"/>.</summary>
    public X509Certificate2 Certificate => X509CertificateLoader.LoadCertificateFromFile(Path.Combine(_folder.FullName, "site.crt"));

    /// <summary>Starts one; when this completes it listens.</summary>
    /// <param name="nodes">The nodes.</param>
    /// <param name="edges">Where the public server sends streams; the nodes themselves where there are none.</param>
    public static async Task<Nginx> StartAsync(IReadOnlyList<Uri> nodes, IReadOnlyList<Uri>? edges = null)
    {
        var nginx = new Nginx();
        await nginx.RunAsync(
            "openssl",
            ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "site.key", "-out", "site.crt"]);
        nginx.Write("listen.conf", $"listen 127.0.0.1:{nginx._publicPort} ssl http2;", "ssl_certificate site.crt;", "ssl_certificate_key site.key;");
        nginx.Write("internal.conf", $"listen 127.0.0.1:{nginx._internalPort};");
        nginx.WriteServers("edges", edges ?? nodes);
        nginx.WriteServers("nodes", nodes);
        // It goes into the background as soon as it listens.
        await nginx.RunNginxAsync();
        return nginx;
    }

    /// <summary>Takes other nodes; completes when nothing is left of the old configuration.</summary>
    public async Task ReloadAsync(IReadOnlyList<Uri> nodes)
    {
        var old = Children().Select(Process.GetProcessById).ToList();
        WriteServers("nodes", nodes);
        await RunNginxAsync("-s", "reload");
        foreach (var worker in old)
        {
            await worker.WaitForExitAsync().WaitAsync(Patience.Limit);
            worker.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var master = Process.GetProcessById(Master());
        await RunNginxAsync("-s", "stop");
        await master.WaitForExitAsync();
        _folder.Delete(recursive: true);
    }

    private int Master() => int.Parse(File.ReadAllText(Path.Combine(_folder.FullName, "nginx.pid")));

    private int[] Children()
    {
        var master = Master();
        return [.. File.ReadAllText($"/proc/{master}/task/{master}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
    }

    private void WriteServers(string upstream, IReadOnlyList<Uri> servers) =>
        Write($"{upstream}.conf", [$"zone {upstream} 256k;", .. servers.Select(server => $"server {server.Authority} max_fails=2 fail_timeout=2s;")]);

    private void Write(string file, params IEnumerable<string> lines) => File.WriteAllLines(Path.Combine(_folder.FullName, file), lines);

    private Task RunNginxAsync(params IEnumerable<string> arguments) =>
        RunAsync("nginx", ["-p", _folder.FullName, "-c", Path.Combine(_folder.FullName, "nginx.conf"), .. arguments]);

    private async Task RunAsync(string program, IEnumerable<string> arguments)
    {
        try
        {
            // Its output goes to ours: as a daemon it would keep a pipe of ours open for ever.
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = _folder.FullName })!;
            await process.WaitForExitAsync();
            if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed.");
        }
        catch (Win32Exception)
        {
            throw new InvalidOperationException($"{program} is missing: run deploy/tools.sh.");
        }
    }
}
