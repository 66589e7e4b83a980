using LiveComments.Silo;
using LiveComments.WebFrontend;

if (AuditCommand.Is(args)) return await AuditCommand.RunAsync(args, Console.In, Console.Out, Console.Error);
ThreadSettings.Apply();
try
{
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    var role = builder.Configuration.ReadRole();
    SettingsCheck.Check(builder.Configuration, role);
    builder.AddLiveCommentsServerDefaults();
    builder.AddRole(role);

    await using var app = builder.Build();
    app.UseLiveCommentsServerDefaults();
    app.MapRole(role);
    await app.OpenStoreAsync();
    await app.RunRoleAsync();
    return 0;
}
catch (Exception exception) when (StartFailure.Explain(exception) is { } explanation)
{
    await Console.Error.WriteLineAsync(explanation);
    return 1;
}
