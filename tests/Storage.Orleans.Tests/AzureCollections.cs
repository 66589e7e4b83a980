namespace LiveComments.Storage.Orleans.Tests;

/// <summary>One azurite and one silo for all tests on Azure Table storage.</summary>
[CollectionDefinition(Name)]
public sealed class AzureTable : ICollectionFixture<AzureTableSiloStorage>
{
    /// <summary>The name of the collection.</summary>
    public const string Name = "Azure Table";
}

/// <summary>One azurite and one silo for all tests on Azure Blob storage.</summary>
[CollectionDefinition(Name)]
public sealed class AzureBlob : ICollectionFixture<AzureBlobSiloStorage>
{
    /// <summary>The name of the collection.</summary>
    public const string Name = "Azure Blob";
}
