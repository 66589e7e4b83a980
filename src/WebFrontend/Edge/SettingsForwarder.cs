using LiveComments.WebFrontend.Api;

namespace LiveComments.WebFrontend.Edge;

/// <summary>Asks the upstream for the settings of videos, and passes changes of them on.</summary>
internal sealed class SettingsForwarder(RequestForwarder requests) : ISettingsHandler
{
    public Task<IResult> ReadAsync(LiveVideoId liveVideoId, HttpContext context) => requests.AskAsync(context);

    public Task<IResult> ChangeAsync(LiveVideoId liveVideoId, HttpContext context) => requests.ForwardAsync(context);
}
