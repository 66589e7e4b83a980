using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace LiveComments.WebFrontend.Api;

/// <summary>The description of the API at <c>/openapi/v1.json</c>.</summary>
internal static class OpenApi
{
    public static IServiceCollection AddCommentsOpenApi(this IServiceCollection services) => services.AddOpenApi(options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new()
            {
                Title = "LiveComments",
                Version = "v1",
                Description = "Comments of live videos: post them, page back through them, follow them as Server-Sent Events.",
            };
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            // These are written by converters of ours, which the generator cannot look into.
            if (context.JsonTypeInfo.Type == typeof(CommentId) || context.JsonTypeInfo.Type == typeof(CommentId?))
                (schema.Type, schema.Pattern) = (JsonSchemaType.String, "^[0-9]{1,19}$");
            else if (context.JsonTypeInfo.Type == typeof(AuthorId) || context.JsonTypeInfo.Type == typeof(AuthorId?))
                (schema.Type, schema.Pattern) = (JsonSchemaType.String, "^[A-Za-z0-9_-]{11}$");
            else if (context.JsonTypeInfo.Type == typeof(AuthorRole))
                (schema.Type, schema.Pattern) = (JsonSchemaType.String, "^(moderator|owner)$");
            else if (context.JsonTypeInfo.Type == typeof(LiveVideoId))
                (schema.Type, schema.Pattern) = (JsonSchemaType.String, "^[A-Za-z0-9_-]{1,64}$");
            else if (context.JsonTypeInfo.Type == typeof(MayPost))
                OneOf(schema, Choice<MayPost>.Names);
            else if (context.JsonTypeInfo.Type == typeof(LinkRule))
                OneOf(schema, Choice<LinkRule>.Names);
            else if (context.JsonTypeInfo.Type == typeof(VideoState))
                OneOf(schema, Choice<VideoState>.Names);
            return Task.CompletedTask;
        });
    });

    private static void OneOf(OpenApiSchema schema, IEnumerable<string> names) =>
        (schema.Type, schema.Enum) = (JsonSchemaType.String, [.. names.Select(name => JsonValue.Create(name))]);
}
