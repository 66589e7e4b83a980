using System.ComponentModel.DataAnnotations;
using Npgsql;

namespace LiveComments.Storage.PostgreSql;

/// <summary>Which PostgreSQL has the logs: the section <c>Storage</c>.</summary>
public sealed record PostgreSqlOptions : IValidatableObject
{
    /// <summary>
    /// How to reach the database, in the words of Npgsql: <c>Host=db;Database=livecomments;Username=livecomments;Password=…</c>.
    /// </summary>
    [Required(ErrorMessage = "It is missing. Give it as Host=…;Database=…;Username=…;Password=….")]
    public string? ConnectionString { get; set; }

    /// <summary>
    /// The schema of the tables, up to 40 of <c>a-z</c>, <c>0-9</c> and <c>_</c>. It is made at the start if it is missing; two services on
    /// one database have two. Default <c>livecomments</c>.
    /// </summary>
    [RegularExpression("^[a-z_][a-z0-9_]{0,39}$", ErrorMessage = "A schema's name is 1 to 40 of a-z, 0-9 and _, and no digit first.")]
    public string Schema { get; set; } = "livecomments";

    /// <summary>How long the database may take to answer, in seconds, 1 to 60; then posts and reads fail. Default 5.</summary>
    [Range(1, 60)]
    public int TimeoutSeconds { get; set; } = 5;

    /// <summary>
    /// Whether each connection prepares its statements, so that the database plans them once. Default yes. No behind a pooler that gives a
    /// connection's statements to another, as PgBouncer before 1.21 does in transaction mode.
    /// </summary>
    public bool PrepareStatements { get; set; } = true;

    /// <summary>
    /// How long a video that is watched here, but got no posts, is believed to be owned here, in seconds; then its log is asked. 0 = for
    /// ever. Default 3, and 0 for nodes and silos of a cluster.
    /// </summary>
    [Range(0, 3_600)]
    public int? OwnerCheckSeconds { get; set; }

    /// <summary>
    /// After how many days comments are removed, whole; 0 = never. Default 0. They go with the part of the table that they are in, up to a
    /// tenth of that time, and at least a day, later. It is looked for at the start and each hour. A page that ends where comments were
    /// removed says <c>"expired": true</c>.
    /// </summary>
    [Range(0, 36_500)]
    public int RetentionDays { get; set; }

    /// <summary>Names the schema alone: there is a password in the connection string.</summary>
    public override string ToString() => $"PostgreSQL, schema {Schema}";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        string? wrong = null;
        try
        {
            if (new NpgsqlConnectionStringBuilder(ConnectionString).Host is null or "") wrong = "It names no Host.";
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            wrong = exception.Message;
        }

        if (wrong is not null) yield return new(wrong, [nameof(ConnectionString)]);
    }
}
