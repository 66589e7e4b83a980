using System.Globalization;
using System.IO.MemoryMappedFiles;

namespace LiveComments.LoadTester.Checking;

/// <summary>
/// What became of every comment of a run: how many were posted on each video, and how each was answered. The posting
/// thread writes, every viewer thread reads at the same time, also those of other processes: it lies in shared memory.
/// </summary>
internal sealed unsafe class CommentLedger : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly int[] _firstOfVideo;
    private readonly long* _outcomes;
    private readonly int* _posted;

    private CommentLedger(FileStream file, IReadOnlyList<int> commentsPerVideo)
    {
        _firstOfVideo = new int[commentsPerVideo.Count + 1];
        for (var video = 0; video < commentsPerVideo.Count; video++)
            _firstOfVideo[video + 1] = _firstOfVideo[video] + commentsPerVideo[video];

        var size = _firstOfVideo[^1] * sizeof(long) + commentsPerVideo.Count * sizeof(int);
        Path = string.Create(CultureInfo.InvariantCulture,
            $"/proc/{Environment.ProcessId}/fd/{file.SafeFileHandle.DangerousGetHandle()}");
        _file = MemoryMappedFile.CreateFromFile(file, null, size, MemoryMappedFileAccess.ReadWrite,
            HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor();
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _outcomes = (long*)start;
        _posted = (int*)(_outcomes + _firstOfVideo[^1]);
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

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
