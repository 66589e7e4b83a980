using LiveComments;
using LiveComments.Storage.Sqlite;
using LiveComments.WebFrontend;
using LiveComments.WebFrontend.Settings;

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
