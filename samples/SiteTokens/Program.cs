using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

const string Video = "town-hall";

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
await using var app = builder.Build();
app.UseAuthentication();

var comments = new Uri(app.Configuration["Comments"] ?? "http://localhost:5000");
var key = new SymmetricSecurityKey(Convert.FromBase64String(
    app.Configuration["Key"] ?? throw new InvalidOperationException("Give --Key=, the one that LiveComments has as Auth:Issuers:0:Key.")));

// The site knows its users in its own way. This one takes everybody's word.
app.MapPost("/sign-in", async (HttpContext context) =>
{
    var name = (await context.Request.ReadFormAsync())["name"].ToString();
    ClaimsIdentity user = new([new(ClaimTypes.NameIdentifier, name), new(ClaimTypes.Name, name)], CookieAuthenticationDefaults.AuthenticationScheme);
    await context.SignInAsync(new(user));
    return Results.Redirect("/");
}).DisableAntiforgery();

// The token for whoever is signed in.
app.MapGet("/comments-token", (ClaimsPrincipal user) =>
    user.Identity is { IsAuthenticated: true } ? Results.Text(TokenFor(user)) : Results.Unauthorized());

app.MapGet("/", (ClaimsPrincipal user) => Results.Text(Page(user.Identity!.Name), "text/html; charset=utf-8"));

await app.RunAsync();

// It is short, because the module asks for the next one by itself.
string TokenFor(ClaimsPrincipal user) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
{
    Issuer = "https://site.example",
    Audience = "livecomments",
    Claims = new Dictionary<string, object>
    {
        ["sub"] = user.FindFirstValue(ClaimTypes.NameIdentifier)!,
        ["name"] = user.Identity!.Name!,
        ["scope"] = "comments:post comments:read",
        ["videos"] = new[] { Video },
    },
    Expires = DateTime.UtcNow.AddMinutes(10),
    SigningCredentials = new(key, SecurityAlgorithms.HmacSha256),
});

string Page(string? name) => $$"""
    <!doctype html>
    <title>A site with live comments</title>
    <form method="post" action="/sign-in">{{(name is null
        ? "<label>Name <input name=name></label> <button>Sign in</button>"
        : $"You are {HtmlEncoder.Default.Encode(name)}.")}}</form>
    <ol id="comments"></ol>
    <form id="write" hidden><input name="message" aria-label="Comment"> <button>Send</button></form>
    <script type="module">
      import { LiveVideo } from {{JsonSerializer.Serialize(new Uri(comments, "client.js"))}};

      const video = new LiveVideo("{{Video}}", {
        async token() {
          const answer = await fetch("/comments-token");
          return answer.ok ? answer.text() : undefined;
        },
      });
      video.connect({
        onComment({ author, message, verified }) {
          const row = document.createElement("li");
          row.textContent = `${author}${verified ? " ✓" : ""}: ${message}`;
          document.querySelector("#comments").append(row);
        },
      });
      const write = document.querySelector("#write");
      write.onsubmit = async event => {
        event.preventDefault();
        await video.post({ message: write.elements.message.value });
        write.reset();
      };
      // Not before: the browser would send it elsewhere.
      write.hidden = {{(name is null ? "true" : "false")}};
    </script>
    """;
