using LiveComments;
using LiveComments.Storage.DynamoDb;
using LiveComments.WebFrontend;
using LiveComments.WebFrontend.Edge;
using LiveComments.WebFrontend.Operations;
using LiveComments.WebFrontend.Settings;

// Requests are worked on by the thread that finds them on their sockets. They only wait asynchronously here, and to wake another thread
// for each costs more than most of them do. Read by .NET when the first socket is opened; who sets it otherwise wins.
const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";
if (Environment.GetEnvironmentVariable(InlineCompletions) is null) Environment.SetEnvironmentVariable(InlineCompletions, "1");

try
{
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    builder.Services.AddLiveComments().AddTelemetry(builder.Configuration);
    if (builder.Configuration.GetSection("Upstream").Exists()) builder.Services.AddUpstream();
    else builder.Services.AddEmbeddedEngine(builder.Configuration);

    await using var app = builder.Build();
    app.MapLiveComments();
    // Opened now, so that a database that cannot be used stops the start.
    app.Services.GetService<ICommentStore>();
    if (app.Services.GetService<TablePreparation>() is { } table) await table.PrepareAsync();
    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (exception is SettingsException or CommentsUnavailableException or IOException)
{
    // What whoever started it can mend: one line that says how, no stack.
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}

/// <summary>The program; tests start it in their process through this name.</summary>
public partial class Program;
