namespace LiveComments.Silo;

/// <summary>How the .NET runtime uses threads; see <c>runtimeconfig.template.json</c> for the other half.</summary>
internal static class ThreadSettings
{
    private const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>
    /// Lets requests run on the thread that finds them on their sockets. They only wait asynchronously here, and to wake another thread for
    /// each costs more than most of them do. .NET reads this when the first socket is opened; a value that is set already stays.
    /// </summary>
    public static void Apply()
    {
        if (Environment.GetEnvironmentVariable(InlineCompletions) is null) Environment.SetEnvironmentVariable(InlineCompletions, "1");
    }
}
