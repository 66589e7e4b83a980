using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LiveComments.WebFrontend.BrowserTests;

/// <summary>Somebody else's site, of another origin than ours: it answers with one page.</summary>
internal sealed class ParentSite : IAsyncDisposable
{
    private readonly WebApplication _app;
    private string _body = "";

    private ParentSite(WebApplication app) => _app = app;

    /// <summary>Its origin.</summary>
    public string Origin => _app.Urls.Single();

    /// <summary>Starts it.</summary>
    public static async Task<ParentSite> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var site = new ParentSite(builder.Build());
        site._app.Urls.Add("http://127.0.0.1:0");
        site._app.MapGet("/", () => Results.Content($"<!doctype html><title>Parent</title>{site._body}", "text/html"));
        await site._app.StartAsync();
        return site;
    }

    /// <summary>Gives its page this body.</summary>
    public void Show(string body) => _body = body;

    /// <summary>Opens its page with this body.</summary>
    public Task OpenAsync(Window window, string body)
    {
        Show(body);
        return window.Page.GotoAsync(Origin);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
