namespace LiveComments.WebFrontend.Identity;

/// <summary>Says that something is wrong with an issuer. Its keys are fetched twice a minute at most, and so are the lines.</summary>
internal sealed partial class IssuerLog(ILogger<IssuerLog> log)
{
    [LoggerMessage(
        1, LogLevel.Warning, "The keys of the issuer {Issuer} cannot be fetched: {Reason} The last ones serve, if there are any.")]
    public partial void NoKeys(string issuer, string reason);
}
