using Orleans.Serialization.Cloning;

namespace LiveComments.Grains.Interfaces.Wire;

// A call within a silo copies what it is given, unless it is known not to change.

[RegisterCopier]
internal sealed class CommentPageCopier : ShallowCopier<CommentPage>;

[RegisterCopier]
internal sealed class CommentBatchCopier : ShallowCopier<CommentBatch>;
