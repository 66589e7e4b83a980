using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LiveComments.Storage.Sqlite;

/// <summary>
/// How the store's connections open files: as SQLite does by itself (its VFS), but pages that are read from a write-ahead log come with
/// their gaps cleared. All that gets into the database, and into a connection's memory, comes that way or was made by the connection.
/// </summary>
internal static unsafe partial class LogFiles
{
    private const int OpenWal = 0x80000;   // SQLITE_OPEN_WAL
    private const int FrameHeader = 24;
    private const int LogHeader = 32;
    private const int SmallestPage = 512;

    private static readonly Lock Gate = new();
    private static Vfs* _system;
    private static FileMethods* _systemMethods;
    private static FileMethods* _methods;

    /// <summary>Makes it known to SQLite, once in a process, and gives its name for connection strings.</summary>
    public static string Register()
    {
        const string Name = "livecomments";
        lock (Gate)
        {
            if (_system != null) return Name;
            // The library is loaded and set up by then.
            SQLitePCL.Batteries_V2.Init();
            var system = FindVfs(null);
            if (system == null || system->Version < 3) throw new CommentsUnavailableException("SQLite cannot open files here.");
            // Kept for as long as the process runs.
            var vfs = (Vfs*)NativeMemory.Alloc((nuint)sizeof(Vfs));
            *vfs = *system;
            vfs->Version = 3;
            vfs->Name = (byte*)Marshal.StringToCoTaskMemUTF8(Name);
            vfs->Open = &Open;
            _system = system;
            if (RegisterVfs(vfs, 0) is not 0 and var code)
                throw new CommentsUnavailableException($"SQLite does not take a way to open files: {code}.");
        }

        return Name;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(Vfs* vfs, byte* name, OpenedFile* file, int flags, int* openedFlags)
    {
        var code = _system->Open(_system, name, file, flags, openedFlags);
        if (code == 0 && (flags & OpenWal) != 0) file->Methods = Clearing(file->Methods);
        return code;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Read(OpenedFile* file, byte* buffer, int count, long offset)
    {
        var code = _systemMethods->Read(file, buffer, count, offset);
        // Pages are read alone, but with their frame's header where a checksum is wanted: that is of the bytes as they are.
        if (code == 0 && count >= SmallestPage && BitOperations.IsPow2(count)
            && (offset - LogHeader) % (count + FrameHeader) == FrameHeader)
            PageGap.Clear(new(buffer, count));
        return code;
    }

    private static FileMethods* Clearing(FileMethods* methods)
    {
        lock (Gate)
        {
            if (_methods == null)
            {
                var copy = (FileMethods*)NativeMemory.Alloc((nuint)sizeof(FileMethods));
                *copy = *methods;
                copy->Read = &Read;
                _systemMethods = methods;
                _methods = copy;
            }

            // Write-ahead logs are all opened by the same system in the same way.
            return _methods;
        }
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_find")]
    private static partial Vfs* FindVfs(byte* name);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_register")]
    private static partial int RegisterVfs(Vfs* vfs, int isDefault);

#pragma warning disable CS0649 // SQLite assigns them.
    // sqlite3_vfs, version 3
    private struct Vfs
    {
        public int Version;
        public int FileSize;
        public int MaxPath;
        public nint Next;
        public byte* Name;
        public nint AppData;
        public delegate* unmanaged[Cdecl]<Vfs*, byte*, OpenedFile*, int, int*, int> Open;
        public OtherCalls Others;

        [InlineArray(15)]
        public struct OtherCalls
        {
            private nint _first;
        }
    }

    // sqlite3_file; what follows is the system's.
    private struct OpenedFile
    {
        public FileMethods* Methods;
    }

    // sqlite3_io_methods, version 3
    private struct FileMethods
    {
        public int Version;
        public nint Close;
        public delegate* unmanaged[Cdecl]<OpenedFile*, byte*, int, long, int> Read;
        public OtherCalls Others;

        [InlineArray(16)]
        public struct OtherCalls
        {
            private nint _first;
        }
    }
}
