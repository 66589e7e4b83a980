namespace LiveComments.Client;

/// <summary>What a <see cref="LiveCommentsClient"/> is told.</summary>
public sealed class LiveCommentsClientOptions
{
    // The server knows the keys of posts for 10 minutes: repeated later, a comment would be published twice.
    private static readonly TimeSpan LongestRetryFor = TimeSpan.FromMinutes(5);

    /// <summary>Where LiveComments answers: an absolute <c>http</c> or <c>https</c> address.</summary>
    public Uri? Server { get; set; }

    /// <summary>
    /// Gives the token of whoever uses the client; null: nobody is signed in. It is asked when a token is first needed, 30 s before that one
    /// expires, and when the server refuses it; by one caller at a time.
    /// </summary>
    public AskForToken? Token { get; set; }

    /// <summary>How long one request may take, and a stream to begin; 15 s. More than 0, up to 10 minutes.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long a request is repeated that got no answer, or was refused for a while (<c>408</c>, <c>429</c>, <c>5xx</c>): from the first try
    /// on, 30 s. Up to 5 minutes; 0 = it is not. A refusal that asks for a longer wait than is left fails at once. A stream is tried again
    /// for ever.
    /// </summary>
    public TimeSpan RetryFor { get; set; } = TimeSpan.FromSeconds(30);

    internal LiveCommentsClientOptions Copy() => (LiveCommentsClientOptions)MemberwiseClone();

    internal void Validate()
    {
        if (Server is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
            throw new ArgumentException($"{nameof(Server)} must be an absolute http or https address, as https://comments.example.");
        if (RequestTimeout <= TimeSpan.Zero || RequestTimeout > TimeSpan.FromMinutes(10))
            throw new ArgumentException($"{nameof(RequestTimeout)} must be more than 0, and 10 minutes at most.");
        if (RetryFor < TimeSpan.Zero || RetryFor > LongestRetryFor)
            throw new ArgumentException($"{nameof(RetryFor)} must be 0 to 5 minutes.");
    }
}

/// <summary>Gives a token, or null where nobody is signed in.</summary>
/// <param name="refused">The token that the server did not take; null if it has refused none.</param>
/// <param name="cancellation">Cancelled when whoever waits for it gives up.</param>
public delegate ValueTask<string?> AskForToken(string? refused, CancellationToken cancellation);
