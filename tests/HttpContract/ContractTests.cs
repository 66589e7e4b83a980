using LiveComments.HttpContract.Client;

namespace LiveComments.HttpContract;

/// <summary>
/// The base of the contract's test classes. Every test has a live video of its own, so that tests run side by side on
/// one server, and on a server with old comments.
/// </summary>
public abstract class ContractTests(ContractTarget target) : IDisposable
{
    /// <summary>The target of the test.</summary>
    protected ContractTarget Target { get; } = target;

    /// <summary>A client of the target.</summary>
    protected CommentsClient Client { get; } = new(target);

    /// <summary>The id of a live video that no other test uses.</summary>
    protected string Video { get; } = CommentsClient.NewVideo();

    /// <inheritdoc/>
    public void Dispose()
    {
        Client.Dispose();
        GC.SuppressFinalize(this);
    }
}
