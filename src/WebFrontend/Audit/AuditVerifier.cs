using System.Buffers.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace LiveComments.WebFrontend.Audit;

/// <summary>Proves an export of an audit, line by line: that nothing in it was changed, dropped, moved or added.</summary>
/// <param name="keys">The public keys of its checkpoints.</param>
internal sealed class AuditVerifier(IReadOnlyCollection<SecurityKey> keys)
{
    private readonly Dictionary<string, string> _hashes = [];

    // Those that no checkpoint has signed so far.
    private readonly Queue<CommentId> _unsigned = [];
    private string? _name;
    private byte[] _hash = [];
    private CommentId _last;
    private CommentId _proven;

    /// <summary>How many entries there were, without checkpoints.</summary>
    public int Entries { get; private set; }

    /// <summary>How many checkpoints there were.</summary>
    public int Checkpoints { get; private set; }

    /// <summary>What was found, if nothing is wrong.</summary>
    public string Summary =>
        $"{Entries} entries, {Checkpoints} checkpoints, "
        + (_proven == CommentId.None ? "nothing is signed" : $"proven up to {_proven} of {ExportedEntry.TimeOf(_proven)}")
        + $"; the last {_unsigned.Count} entries are not signed yet.";

    /// <summary>Takes the next line of the export.</summary>
    /// <returns>What is wrong with it; null if nothing is.</returns>
    public async Task<string?> TakeAsync(string line)
    {
        if (TryRead(line) is not { } entry || !CommentId.TryParse(entry.Id, out var id) || entry.Id != id.ToString())
            return "it is no line of an export.";
        if (_name is null) (_name, _hash) = (entry.Video, AuditHash.Start(entry.Video));
        if (entry.Video != _name) return $"it is of the audit of {entry.Video}, and those before it are of that of {_name}.";
        if (id <= _last) return "its id is not greater than that of the entry before it.";
        if (entry.At != ExportedEntry.TimeOf(id)) return "its time is not that of its id.";
        _hash = AuditHash.Next(_hash, id, entry.By, entry.Entry);
        if (entry.Hash != Base64Url.EncodeToString(_hash))
            return "its hash does not follow from the entries before it: it was changed, or one before it is missing or was added.";
        _last = id;
        if (entry.By != AuditEntry.Server)
        {
            Entries++;
            _unsigned.Enqueue(id);
        }
        else if (await CheckAsync(AuditEntry.TryRead(entry.Entry)?.Jws) is { } wrong) return wrong;
        else Checkpoints++;

        _hashes.Add(entry.Id, entry.Hash);
        return null;
    }

    /// <summary>Checks, after the last line, that a checkpoint that was kept elsewhere is of this audit.</summary>
    /// <returns>What is wrong; null if nothing is.</returns>
    public Task<string?> CheckKeptAsync(string jws) => CheckAsync(jws);

    private async Task<string?> CheckAsync(string? jws)
    {
        if (await AuditCheckpoint.TryProveAsync(jws, keys) is not { } said) return "it is no checkpoint that was signed with this key.";
        if (said.Video != _name) return $"the checkpoint is of the audit of {said.Video}.";
        if (!_hashes.TryGetValue(said.Entry, out var hash))
            return $"the entry {said.Entry}, which a checkpoint of {said.At:u} has signed, is missing.";
        if (hash != said.Hash) return $"the entries up to {said.Entry} are not those that a checkpoint of {said.At:u} has signed.";
        if (CommentId.TryParse(said.Entry, out var proven) && proven > _proven)
        {
            _proven = proven;
            while (_unsigned.TryPeek(out var oldest) && oldest <= proven) _unsigned.Dequeue();
        }

        return null;
    }

    private static ExportedEntry? TryRead(string line)
    {
        try
        {
            var entry = JsonSerializer.Deserialize(line, AuditJson.Context.ExportedEntry);
            return entry is { Video: not null, Id: not null, At: not null, By: not null, Entry: not null, Hash: not null } ? entry : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
