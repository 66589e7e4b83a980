namespace LiveComments.Grains.Interfaces.Wire;

[RegisterConverter]
internal sealed class ReceiptShareConverter : IConverter<ReceiptShare, ReceiptShareSurrogate>
{
    public ReceiptShare ConvertFromSurrogate(in ReceiptShareSurrogate surrogate) => new()
    {
        WereSent = surrogate.WereSent,
        Told = surrogate.Told,
        Left = surrogate.Left,
        Relays = surrogate.Relays,
        RelaysReported = surrogate.RelaysReported,
        Times = surrogate.Times,
    };

    public ReceiptShareSurrogate ConvertToSurrogate(in ReceiptShare value) =>
        new(value.WereSent, value.Told, value.Left, value.Relays, value.RelaysReported, [.. value.Times]);
}

[RegisterConverter]
internal sealed class NodeReceiptConverter : IConverter<NodeReceipt, NodeReceiptSurrogate>
{
    public NodeReceipt ConvertFromSurrogate(in NodeReceiptSurrogate surrogate) => new(surrogate.Share, surrogate.Edges, surrogate.IsWhole);

    public NodeReceiptSurrogate ConvertToSurrogate(in NodeReceipt value) => new(value.Share, [.. value.Edges], value.IsWhole);
}

[RegisterConverter]
internal sealed class ReceiptSumConverter : IConverter<ReceiptSum, ReceiptSumSurrogate>
{
    public ReceiptSum ConvertFromSurrogate(in ReceiptSumSurrogate surrogate) =>
        new(surrogate.Total, surrogate.Nodes, surrogate.NodesMissing, surrogate.IsWhole);

    public ReceiptSumSurrogate ConvertToSurrogate(in ReceiptSum value) => new(value.Total, value.Nodes, value.NodesMissing, value.IsWhole);
}

[RegisterConverter]
internal sealed class EdgeReportConverter : IConverter<EdgeReport, EdgeReportSurrogate>
{
    public EdgeReport ConvertFromSurrogate(in EdgeReportSurrogate surrogate) => new(surrogate.Edge, surrogate.Removal, surrogate.Share);

    public EdgeReportSurrogate ConvertToSurrogate(in EdgeReport value) => new(value.Edge, value.Removal, value.Share);
}
