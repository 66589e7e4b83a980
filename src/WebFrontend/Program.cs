using LiveComments;
using LiveComments.Storage.Sqlite;
using LiveComments.WebFrontend;
using LiveComments.WebFrontend.Settings;

// Requests are worked on by the thread that finds them on their sockets. They only wait asynchronously here, and to wake another thread
// for each costs more than most of them do. Read by .NET when the first socket is opened; who sets it otherwise wins.
const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";
if (Environment.GetEnvironmentVariable(InlineCompletions) is null) Environment.SetEnvironmentVariable(InlineCompletions, "1");

try
{
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    builder.Services.AddLiveComments();
    builder.Services.AddSettings<SqliteStorageSettings>("Storage");
    builder.Services.AddSingleton<ICommentStore, SqliteCommentStore>();
    builder.Services.AddSingleton(provider =>
        new LiveVideoOptions { MaxWaitingPosts = provider.GetRequiredService<LimitsSettings>().MaxWaitingPosts });
    builder.Services.AddSingleton<ILiveVideos, EmbeddedLiveVideos>();

    await using var app = builder.Build();
    app.MapLiveComments();
    // Opened now, so that a database that cannot be used stops the start.
    app.Services.GetRequiredService<ICommentStore>();
    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (exception is SettingsException or CommentStoreException or IOException)
{
    // What whoever started it can mend: one line that says how, no stack.
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}

/// <summary>The program; tests start it in their process through this name.</summary>
public partial class Program;
