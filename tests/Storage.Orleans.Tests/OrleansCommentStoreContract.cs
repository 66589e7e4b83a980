using LiveComments.Testing;
using Orleans.Storage;

namespace LiveComments.Storage.Orleans.Tests;

/// <summary>The contract of a comment store over one kind of grain storage. Segments are as small as they may be: a log of the suite has many.</summary>
public abstract class OrleansCommentStoreContract(IGrainStorage storage) : CommentStoreContract
{
    /// <inheritdoc/>
    protected override Task<ICommentStore> OpenAsync() =>
        Task.FromResult<ICommentStore>(new OrleansCommentStore(storage, new() { SegmentBytes = 1_024 }));
}

public sealed class MemoryStorageTests(MemorySiloStorage silo) : OrleansCommentStoreContract(silo.Storage), IClassFixture<MemorySiloStorage>;

[Trait("Needs", "postgresql")]
public sealed class PostgresStorageTests(PostgresSiloStorage silo) : OrleansCommentStoreContract(silo.Storage), IClassFixture<PostgresSiloStorage>;
