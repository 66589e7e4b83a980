namespace LiveComments.WebFrontend.Identity;

/// <summary>What a token is found to be: valid, not valid, or not to be judged now.</summary>
/// <param name="Person">Whom it speaks of; null unless it is valid.</param>
/// <param name="Complaint">What is wrong with it, as a sentence; null if it is valid or its issuer's keys cannot be fetched.</param>
internal readonly record struct TokenVerdict(Person? Person, string? Complaint)
{
    /// <summary>Its issuer's keys cannot be fetched, and there are no earlier ones.</summary>
    public static TokenVerdict IssuerAway => default;
}
