using System.ComponentModel.DataAnnotations;

namespace LiveComments.Storage.Sqlite;

/// <summary>Where the SQLite database lies: the section <c>Storage</c>.</summary>
public sealed record SqliteOptions
{
    /// <summary>
    /// The database file. If it is missing it is made, with its folder, which only its owner can read. Default <c>data/comments.db</c>.
    /// </summary>
    [Required]
    public string Path { get; set; } = "data/comments.db";

    /// <summary>
    /// Whether several processes of this machine use the file. If not, a second one does not start; if so, a node looks once a second
    /// whether another has written to a video. Default no, and yes for nodes and silos of a cluster.
    /// </summary>
    public bool? Shared { get; set; }

    /// <summary>The most bytes that the comments may take, 127 GiB at most; posts that come then are refused. 0 = 127 GiB. Default 0.</summary>
    [Range(0, long.MaxValue)]
    public long MaxBytes { get; set; }

    /// <summary>
    /// After how many days a comment is removed, whole, from the old end of its video; 0 = never. Default 0. It is looked for at the start
    /// and each hour. A page that ends where comments were removed says <c>"expired": true</c>. What a video in use has in memory is shown
    /// until it leaves memory.
    /// </summary>
    [Range(0, 36_500)]
    public int RetentionDays { get; set; }
}
