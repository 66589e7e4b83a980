using System.CommandLine;
using LiveComments.LoadTester.Requests;

namespace LiveComments.LoadTester.CommandLine;

/// <summary>The options that say what the requests look like.</summary>
internal sealed class RequestOptionSet
{
    private static readonly RequestOptions Defaults = new();

    private readonly Option<string> _streamPath = TemplateOption.Path(
        "--stream-path", Defaults.StreamPath, "Where a viewer's stream is.", PlaceholderValues.OfStreams);

    private readonly Option<string> _postPath = TemplateOption.Path(
        "--post-path", Defaults.PostPath, "Where a comment is posted.", PlaceholderValues.OfPosts);

    private readonly Option<string> _postMethod = TemplateOption.Word("--post-method", Defaults.PostMethod, "The method of a post.");

    private readonly Option<string> _postType = TemplateOption.Line("--post-type", Defaults.PostType, "The Content-Type of a post.");

    private readonly Option<string> _postBody = TemplateOption.Text(
        "--post-body", Defaults.PostBody, "The body of a post.", PlaceholderValues.OfPosts);

    private readonly Option<string[]> _headers = TemplateOption.Headers(
        "--header", "A header field of every request, such as 'Name: value'.",
        [.. PlaceholderValues.OfStreams.Intersect(PlaceholderValues.OfPosts)]);

    private readonly Option<string[]> _streamHeaders = TemplateOption.Headers(
        "--stream-header", "A header field of the requests for streams.", PlaceholderValues.OfStreams);

    private readonly Option<string[]> _postHeaders = TemplateOption.Headers(
        "--post-header", "A header field of the posts.", PlaceholderValues.OfPosts);

    private readonly Option<bool> _anyEvent = new("--any-event")
    {
        Description = "Look for comments in the data of every event, whatever its name and id. Order is not checked then.",
    };

    public IReadOnlyList<Option> All =>
        [_streamPath, _postPath, _postMethod, _postType, _postBody, _headers, _streamHeaders, _postHeaders, _anyEvent];

    /// <exception cref="LoadTestException">The options do not fit together.</exception>
    public RequestOptions Read(ParseResult parsed)
    {
        var headers = parsed.GetRequiredValue(_headers);
        var options = new RequestOptions
        {
            StreamPath = parsed.GetRequiredValue(_streamPath),
            StreamHeaders = [.. headers, .. parsed.GetRequiredValue(_streamHeaders)],
            PostMethod = parsed.GetRequiredValue(_postMethod),
            PostPath = parsed.GetRequiredValue(_postPath),
            PostType = parsed.GetRequiredValue(_postType),
            PostBody = parsed.GetRequiredValue(_postBody),
            PostHeaders = [.. headers, .. parsed.GetRequiredValue(_postHeaders)],
            AnyEvent = parsed.GetValue(_anyEvent),
        };
        if (!new PostRequest(options).HasMessage)
            throw new LoadTestException("--post-body must have {message} in it: deliveries are recognised by that text.");
        return options;
    }
}
