using System.ComponentModel.DataAnnotations;

namespace LiveComments.Storage.Sqlite;

/// <summary>Where the SQLite database lies: the section <c>Storage</c>.</summary>
public sealed record SqliteOptions
{
    /// <summary>The database file, made with its folder where it is missing. Default <c>data/comments.db</c>.</summary>
    [Required]
    public string Path { get; set; } = "data/comments.db";
}
