using LiveComments.WebFrontend.Settings;
using Microsoft.Extensions.Options;

namespace LiveComments.Silo;

/// <summary>Failures at the start that the operator can mend. The program prints one line that says how, and no stack trace.</summary>
internal static class StartFailure
{
    /// <summary>The line; null for any other failure.</summary>
    public static string? Explain(Exception exception) => exception switch
    {
        OptionsValidationException settings => settings.Failures.First(),
        SettingsException or CommentsUnavailableException or IOException => exception.Message,
        OperationCanceledException => "Shutdown took too long. Not all videos were handed over; the other nodes take over the rest.",
        AggregateException several => Explain(several.InnerExceptions[0]),
        _ => ExplainOrleans(exception),
    };

    // Apart, so that a node without a cluster does not load Orleans.
    private static string? ExplainOrleans(Exception exception) => exception is OrleansConfigurationException ? exception.Message : null;
}
