using System.Text.Json;
using LiveComments.WebFrontend;

var builder = WebApplication.CreateBuilder(args);
var services = builder.Services;

// LiveComments. The path of the database and the limits come from the configuration.
services.AddSqliteStore(options => options.Path = builder.Configuration["Storage:Path"] ?? options.Path);
services.AddLiveComments().ReadSettings(builder.Configuration).AddInProcessLiveVideos();

// The program's own choices.
services.ConfigureHttpJsonOptions(options => options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower);
services.AddProblemDetails(options => options.CustomizeProblemDetails = context => context.ProblemDetails.Extensions["shop"] = "open");

await using var app = builder.Build();
app.UseExceptionHandler();
app.UseStatusCodePages();

app.MapLiveComments();
app.MapLiveCommentsPages();

app.MapGet("/", () => "The shop");
app.MapGet("/products", () => new[] { new { ProductName = "Lamp", UnitPrice = 20 } });
app.MapGet("/broken", string () => throw new InvalidOperationException("The shop is broken."));
app.MapPost("/uploads", async (HttpRequest request) =>
{
    using var upload = new MemoryStream();
    await request.Body.CopyToAsync(upload);
    return new { ByteCount = upload.Length };
});

await app.RunAsync();
