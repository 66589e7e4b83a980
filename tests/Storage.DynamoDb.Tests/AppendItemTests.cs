namespace LiveComments.Storage.DynamoDb.Tests;

/// <summary>The packed form of an append, in which earlier versions wrote and to which they may read.</summary>
public sealed class AppendItemTests
{
    private static readonly LiveVideoId Demo = LiveVideoId.Parse("demo");

    // One comment after the id 5: its id is 7, its author Ada, its message Hi, and it has no key. The second has the id 8 and a key.
    private static readonly byte[] FirstFormat =
    [
        1, 2, 2, 3, (byte)'A', (byte)'d', (byte)'a', 2, (byte)'H', (byte)'i', 0,
        1, 1, (byte)'B', 1, (byte)'!', 1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
    ];

    private static readonly LogEntry[] Entries =
    [
        new(new(new(7), Demo, "Ada", "Hi"), null),
        new(new(new(8), Demo, "B", "!"), IdempotencyKey.FromBytes([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15])),
    ];

    [Fact]
    public void The_first_format_is_read() =>
        Assert.Equal(Entries, AppendItem.Unpack(Demo, new(5), Guid.Empty, new MemoryStream(FirstFormat)).Entries);

    [Fact]
    public void Without_identities_the_first_format_is_written() =>
        Assert.Equal(FirstFormat, new AppendItem(new(5), Guid.Empty, Entries).Pack().ToArray());

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void With_an_identity_a_later_one_is_written_and_read(bool ofAddress)
    {
        var identity = ofAddress ? AuthorIdentity.OfAddress(new(-2)) : new(new(-2), AuthorRole.Moderator, true);
        LogEntry[] entries = [Entries[0], new(Entries[1].Comment! with { Identity = identity }, Entries[1].Key)];
        var packed = new AppendItem(new(5), Guid.Empty, entries).Pack();
        Assert.Equal(2, packed.ToArray()[0]);
        Assert.Equal(entries, AppendItem.Unpack(Demo, new(5), Guid.Empty, packed).Entries);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void With_a_reply_the_fourth_is_written_and_read_and_the_third_once_it_is_erased(long lastRemoval)
    {
        var identity = new AuthorIdentity(new(-2), AuthorRole.Viewer, true);
        LogEntry[] entries =
        [
            Entries[0], new(Entries[1].Comment! with { ReplyTo = new CommentId(7) }, Entries[1].Key),
            new(new(new(9), Demo, "Cy", "?") { ReplyTo = new CommentId(long.MaxValue), Identity = identity }, null),
        ];
        var item = AppendItem.Of(new(5), entries, new(lastRemoval));
        var packed = item.Pack();
        Assert.Equal(4, packed.ToArray()[0]);
        var read = AppendItem.Unpack(Demo, new(5), Guid.Empty, packed);
        Assert.Equal(entries, read.Entries);
        Assert.Equal(new CommentId(lastRemoval), read.LastRemoval);

        var erased = read.Without([new(8), new(9)], new(12)).Pack();
        Assert.Equal(3, erased.ToArray()[0]);
        Assert.All(AppendItem.Unpack(Demo, new(5), Guid.Empty, erased).Entries, entry => Assert.Null(entry.Comment!.ReplyTo));
    }

    [Fact]
    public void With_a_removal_or_an_erased_comment_the_third_is_written_and_read()
    {
        var identity = AuthorIdentity.OfAddress(new(-2));
        LogEntry[] entries =
        [
            .. Entries, new(new(new(9), Demo, "Cy", "?") { Identity = identity }, Entries[1].Key),
            new(new Removal(new(10), new(Ids: [new(8), new(7)]))),
            new(new Removal(new(11), new(AuthorId: new(long.MinValue), From: new(1), To: new(9)))),
            new(new Removal(new(12), new(From: new(0), To: new(long.MaxValue - 1)))),
        ];
        var item = AppendItem.Of(new(5), entries, new(4)).Without([new(1), new(7), new(9), new(10)], new(13));
        Assert.Equal(new CommentId(12), item.LastRemoval);

        var packed = item.Pack();
        Assert.Equal(3, packed.ToArray()[0]);
        var read = AppendItem.Unpack(Demo, new(5), item.Writer, packed);

        Assert.Equal(
            [new(new(new(7), Demo, "", ""), null), Entries[1], new(new(new(9), Demo, "", "") { Identity = identity }, Entries[1].Key)],
            read.Entries.Take(3));
        Assert.Equal([new(8), new(7)], read.Entries[3].Removal!.Removed.Ids!);
        Assert.Equal(entries[4..], read.Entries.Skip(4));
        Assert.Equal(new Dictionary<CommentId, CommentId> { [new(7)] = new(13), [new(9)] = new(13) }, read.Erased);
        Assert.Equal(new CommentId(12), read.LastRemoval);
    }

    [Fact]
    public void After_a_removal_the_third_format_says_where_it_was()
    {
        var packed = AppendItem.Of(new(5), Entries, new(4)).Pack();
        Assert.Equal(3, packed.ToArray()[0]);
        var read = AppendItem.Unpack(Demo, new(5), Guid.Empty, packed);
        Assert.Equal((new CommentId(4), 0), (read.LastRemoval, read.Erased.Count));
        Assert.Equal(Entries, read.Entries);
    }

    [Fact]
    public void The_first_format_may_be_erased_and_its_texts_are_gone_then()
    {
        var item = AppendItem.Unpack(Demo, new(5), Guid.Empty, new MemoryStream(FirstFormat));
        Assert.Same(item, item.Without([new(5), new(9)], new(9)));
        var erased = item.Without([new(7)], new(9));
        Assert.Same(erased, erased.Without([new(7)], new(9)));
        Assert.Equal(new CommentId(10), erased.Without([new(7)], new(10)).ErasedFor(new(7)));

        var packed = erased.Pack();
        Assert.Equal(-1, packed.ToArray().AsSpan().IndexOf("Ada"u8));
        var read = AppendItem.Unpack(Demo, new(5), Guid.Empty, packed);
        Assert.Equal((CommentId.None, new CommentId(9)), (read.LastRemoval, read.ErasedFor(new(7))));
        Assert.Equal(Entries[1], read.Entries[1]);
    }

    [Fact]
    public void Fifty_removals_that_name_the_most_ids_fit_into_an_item()
    {
        var ids = Enumerable.Range(1, RemovedComments.MostIds).Select(i => new CommentId(long.MaxValue - i)).ToArray();
        var removals = Enumerable.Range(1, 50).Select(i => new LogEntry(new Removal(new(i), new(Ids: ids)))).ToList();
        Assert.InRange(AppendItem.Of(CommentId.None, removals, CommentId.None).Pack().Length, 400_000, AppendItem.MaxBytes);
    }

    [Fact]
    public void A_format_of_a_later_version_is_refused() =>
        Assert.Throws<CommentsUnavailableException>(() => AppendItem.Unpack(Demo, new(5), Guid.Empty, new MemoryStream([5, 0])));
}
