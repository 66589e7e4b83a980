using System.Security.Cryptography;
using System.Text.Json;
using LiveComments.WebFrontend.Audit;
using Microsoft.IdentityModel.Tokens;

namespace LiveComments.WebFrontend.Tests.Audit;

/// <summary>Whoever changes an audit is found out: by its hashes, and by a checkpoint.</summary>
public sealed class AuditVerifierTests
{
    private static readonly ECDsaSecurityKey Key = NewKey();

    private static readonly LiveVideoId Audit = LiveVideoId.Parse("demo").OfAudit;

    [Fact]
    public async Task A_whole_export_is_proven_up_to_its_last_checkpoint()
    {
        var (export, _) = Export(5, 3);
        var verifier = new AuditVerifier([Key]);
        foreach (var line in export) Assert.Null(await verifier.TakeAsync(line));
        Assert.Equal((7, 1), (verifier.Entries, verifier.Checkpoints));
        Assert.Contains("the last 2 entries are not signed yet", verifier.Summary, StringComparison.Ordinal);
        Assert.Contains($"proven up to {IdOf(5)} of 2026-01-31T12:00:05.000Z", verifier.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_byte_that_is_changed_is_found()
    {
        var (export, _) = Export(2, 2);
        for (var line = 0; line < export.Count; line++)
        {
            for (var i = 0; i < export[line].Length; i++)
            {
                var changed = export[line].ToCharArray();
                changed[i] ^= '\u0001';
                Assert.True(
                    await WrongAsync([.. export[..line], new(changed), .. export[(line + 1)..]]) is not null,
                    $"Nobody noticed a change at {i} of line {line}: {new string(changed)}");
            }
        }
    }

    [Fact]
    public async Task An_entry_that_is_missing_moved_doubled_or_added_is_found()
    {
        var (export, _) = Export(4, 2);
        for (var i = 0; i < export.Count - 1; i++)
        {
            Assert.NotNull(await WrongAsync([.. export[..i], .. export[(i + 1)..]]));
            Assert.NotNull(await WrongAsync([.. export[..i], export[i + 1], export[i], .. export[(i + 2)..]]));
            Assert.NotNull(await WrongAsync([.. export[..i], export[i], .. export[i..]]));
        }

        Assert.NotNull(await WrongAsync([.. export, export[0]]));
        var (other, _) = Export(1, 0, LiveVideoId.Parse("other").OfAudit);
        Assert.NotNull(await WrongAsync([.. export, .. other]));
        Assert.NotNull(await WrongAsync([.. export, ""]));
    }

    [Fact]
    public async Task A_tail_that_is_missing_is_found_by_a_checkpoint_that_was_kept_elsewhere()
    {
        var (export, kept) = Export(4, 0);
        var tailless = export[..2];
        Assert.Null(await WrongAsync(tailless));
        var verifier = new AuditVerifier([Key]);
        foreach (var line in tailless) await verifier.TakeAsync(line);
        Assert.Contains(IdOf(4).ToString(), await verifier.CheckKeptAsync(kept), StringComparison.Ordinal);

        var whole = new AuditVerifier([Key]);
        foreach (var line in export) await whole.TakeAsync(line);
        Assert.Null(await whole.CheckKeptAsync(kept));
    }

    [Fact]
    public async Task An_audit_that_was_written_anew_is_found_by_a_checkpoint_that_was_kept_elsewhere()
    {
        var (_, kept) = Export(4, 0);
        var (rewritten, _) = Export(4, 0, note: "milder");
        Assert.Null(await WrongAsync(rewritten));
        var verifier = new AuditVerifier([Key]);
        foreach (var line in rewritten) await verifier.TakeAsync(line);
        Assert.Contains("are not those", await verifier.CheckKeptAsync(kept), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_checkpoint_of_another_key_or_audit_proves_nothing()
    {
        var (export, kept) = Export(2, 1);
        Assert.NotNull(await WrongAsync(export, NewKey()));
        var (other, _) = Export(2, 1, LiveVideoId.Parse("other").OfAudit);
        var verifier = new AuditVerifier([Key]);
        foreach (var line in other) Assert.Null(await verifier.TakeAsync(line));
        Assert.NotNull(await verifier.CheckKeptAsync(kept));
        Assert.NotNull(await verifier.CheckKeptAsync("no checkpoint"));
        Assert.NotNull(await verifier.CheckKeptAsync("a.b.c"));
    }

    /// <summary>Entries, a checkpoint of them after so many, and the checkpoint itself; none stands among them after none.</summary>
    private static (List<string> Lines, string Checkpoint) Export(
        int before, int after, LiveVideoId? of = null, string note = "the \"third\" time, é")
    {
        var log = of ?? Audit;
        var hash = AuditHash.Start(AuditHash.NameOf(log));
        var (lines, number) = (new List<string>(), 0);
        for (var i = 0; i < before; i++) Add("q83vASNFZ4k", Entry(AuditAction.Remove, note, null));
        var checkpoint = AuditCheckpoint.Sign(
            new(new(IdOf(number), log, "q83vASNFZ4k", ""), hash), new(2026, 1, 31, 12, 1, 0, TimeSpan.Zero), Key);
        if (after == 0) return (lines, checkpoint);
        Add(AuditEntry.Server, Entry(AuditAction.Checkpoint, null, checkpoint));
        for (var i = 1; i < after; i++) Add("q83vASNFZ4k", Entry(AuditAction.Ban, note, null));
        return (lines, checkpoint);

        void Add(string by, string message)
        {
            var id = IdOf(++number);
            hash = AuditHash.Next(hash, id, by, message);
            var entry = ExportedEntry.Of(new(new(id, log, by, message), hash));
            lines.Add(JsonSerializer.Serialize(entry, AuditJson.Context.ExportedEntry));
        }
    }

    private static string Entry(string action, string? note, string? jws) =>
        new AuditEntry(action, "Grace", AuditTarget.Of(new CommentId(7), null), "spam", note, null, jws).ToJson();

    private static CommentId IdOf(int number) => CommentId.At(new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero).AddSeconds(number));

    private static async Task<string?> WrongAsync(IEnumerable<string> lines, SecurityKey? key = null)
    {
        var verifier = new AuditVerifier([key ?? Key]);
        foreach (var line in lines)
            if (await verifier.TakeAsync(line) is { } wrong) return wrong;
        return null;
    }

    private static ECDsaSecurityKey NewKey() => AuditKey.Named(ECDsa.Create(ECCurve.NamedCurves.nistP256));
}
