using LiveComments.Grains.Interfaces;
using Orleans.Concurrency;

namespace LiveComments.Grains;

/// <summary>Reads logs on the silo that a frontend has reached. It has no state, so reads go on side by side.</summary>
[Reentrant, StatelessWorker(maxLocalWorkers: 1), GrainType("logreader")]
internal sealed class LogReaderGrain(ICommentStore store) : Grain, ILogReaderGrain
{
    public Task<CommentPage> ReadAsync(string liveVideoId, CommentId before, int limit) =>
        store.ReadPageAsync(LiveVideoId.ParseLog(liveVideoId), before, limit);

    public Task<FoundEntry> FindAsync(string liveVideoId, CommentId id) => store.FindAsync(LiveVideoId.ParseLog(liveVideoId), id);

    public Task<VideoSettings> ReadSettingsAsync(string liveVideoId) => SettingsLog.ReadAsync(store, LiveVideoId.ParseLog(liveVideoId));
}
