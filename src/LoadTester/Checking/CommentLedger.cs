using System.Globalization;
using System.IO.MemoryMappedFiles;
using LiveComments.LoadTester.Measuring;

namespace LiveComments.LoadTester.Checking;

/// <summary>
/// What became of every comment of a run: how many were posted on each video, how each was answered, and which were removed.
/// The posting thread writes, every viewer thread reads at the same time, also those of other processes: it lies in shared
/// memory. Viewers write, too, when they are told of a removal.
/// </summary>
internal sealed unsafe class CommentLedger : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly int[] _firstOfVideo;
    private readonly long* _outcomes;
    private readonly long* _removals;
    private readonly long* _lastTold;
    private readonly int* _posted;
    private readonly int* _removed;

    private CommentLedger(FileStream file, IReadOnlyList<int> commentsPerVideo)
    {
        _firstOfVideo = new int[commentsPerVideo.Count + 1];
        for (var video = 0; video < commentsPerVideo.Count; video++)
            _firstOfVideo[video + 1] = _firstOfVideo[video] + commentsPerVideo[video];

        var size = 3L * _firstOfVideo[^1] * sizeof(long) + 2L * commentsPerVideo.Count * sizeof(int);
        Path = string.Create(CultureInfo.InvariantCulture,
            $"/proc/{Environment.ProcessId}/fd/{file.SafeFileHandle.DangerousGetHandle()}");
        _file = MemoryMappedFile.CreateFromFile(file, null, size, MemoryMappedFileAccess.ReadWrite,
            HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor();
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _outcomes = (long*)start;
        _removals = _outcomes + _firstOfVideo[^1];
        _lastTold = _removals + _firstOfVideo[^1];
        _posted = (int*)(_lastTold + _firstOfVideo[^1]);
        _removed = _posted + commentsPerVideo.Count;
    }

    /// <summary>Under which another process may open it while this one lives.</summary>
    public string Path { get; }

    /// <summary>Makes the ledger of a run.</summary>
    /// <param name="commentsPerVideo">How many comments the run may post on each video.</param>
    public static CommentLedger Create(IReadOnlyList<int> commentsPerVideo)
    {
        const string sharedMemory = "/dev/shm";
        var folder = Directory.Exists(sharedMemory) ? sharedMemory : System.IO.Path.GetTempPath();
        var path = System.IO.Path.Combine(folder, System.IO.Path.GetRandomFileName());
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        // It lives on while open, and cannot be left behind.
        File.Delete(path);
        return new CommentLedger(file, commentsPerVideo);
    }

    /// <summary>Opens the ledger that another process made at <see cref="Path"/>.</summary>
    public static CommentLedger Open(string path, IReadOnlyList<int> commentsPerVideo) =>
        new(new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite), commentsPerVideo);

    /// <summary>How many comments the run may post on this video.</summary>
    public int Capacity(int video) => _firstOfVideo[video + 1] - _firstOfVideo[video];

    /// <summary>How many comments were posted on this video so far, answered or not.</summary>
    public int Posted(int video) => Volatile.Read(ref _posted[video]);

    /// <summary>Counts one more comment on this video, before its first byte is sent. Returns its sequence number.</summary>
    public int BeginPost(int video)
    {
        var sequence = _posted[video];
        Volatile.Write(ref _posted[video], sequence + 1);
        return sequence;
    }

    public void Settle(int video, int sequence, PostResult outcome) =>
        Volatile.Write(ref _outcomes[_firstOfVideo[video] + sequence], outcome.Value);

    public PostResult Outcome(int video, int sequence) =>
        new(Volatile.Read(ref _outcomes[_firstOfVideo[video] + sequence]));

    /// <summary>Whether the removal of any comment of this video was asked for. Else there is no need to look at each of them.</summary>
    public bool HasRemovals(int video) => Volatile.Read(ref _removed[video]) > 0;

    /// <summary>Takes note that a comment is to be removed, before the first byte of the request is sent.</summary>
    public void BeginRemoval(int video, int sequence)
    {
        SettleRemoval(video, sequence, RemovalResult.Unknown);
        Volatile.Write(ref _removed[video], _removed[video] + 1);
    }

    public void SettleRemoval(int video, int sequence, RemovalResult outcome) =>
        Volatile.Write(ref _removals[_firstOfVideo[video] + sequence], outcome.Value);

    public RemovalResult Removal(int video, int sequence) =>
        new(Volatile.Read(ref _removals[_firstOfVideo[video] + sequence]));

    /// <summary>Takes note that a viewer was told of a removal at this time.</summary>
    public void TellRemoval(int video, int sequence, long time)
    {
        ref var last = ref _lastTold[_firstOfVideo[video] + sequence];
        for (var known = Volatile.Read(ref last); known < time;)
        {
            var found = Interlocked.CompareExchange(ref last, time, known);
            if (found == known) return;
            known = found;
        }
    }

    /// <summary>When the last of its viewers was told of the removal of a comment; 0 if none was.</summary>
    public long LastTold(int video, int sequence) => Volatile.Read(ref _lastTold[_firstOfVideo[video] + sequence]);

    /// <summary>
    /// Records of every removal acknowledged in the window how long after that the last of the viewers was told. To be called at the end.
    /// </summary>
    public void RecordRemovals(MeasuringWindow window, LatencyHistogram untilTold)
    {
        for (var video = 0; video < _firstOfVideo.Length - 1; video++)
        {
            if (!HasRemovals(video)) continue;
            for (int sequence = 0, end = Posted(video); sequence < end; sequence++)
            {
                var (acknowledged, told) = (Removal(video, sequence).Value, LastTold(video, sequence));
                // Viewers may be told before the answer is read.
                if (told > 0 && window.Contains(acknowledged)) untilTold.Record(told - acknowledged);
            }
        }
    }

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
