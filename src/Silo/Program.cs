using LiveComments;
using LiveComments.Silo;
using LiveComments.WebFrontend.Settings;

try
{
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    var role = NodeRole.Read(builder.Configuration);
    builder.AddClusterNode(role);

    await using var app = builder.Build();
    app.MapClusterNode(role);
    await app.RunClusterNodeAsync();
    return 0;
}
catch (Exception exception) when (exception is SettingsException or CommentStoreException or OrleansConfigurationException or IOException)
{
    // What whoever started it can mend: one line that says how, no stack.
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
catch (OperationCanceledException)
{
    await Console.Error.WriteLineAsync("The node could not hand everything over in the time that it has for that; the other nodes take over what is left.");
    return 1;
}

/// <summary>The program.</summary>
public partial class Program;
