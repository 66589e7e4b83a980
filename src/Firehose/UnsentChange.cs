using System.Text.Json.Serialization;

namespace LiveComments.Firehose;

/// <summary>What a change of the list says.</summary>
internal enum UnsentKind
{
    /// <summary>The process is about to append to the log, which ends at the position as far as it knows.</summary>
    Hold,

    /// <summary>All up to the position was sent.</summary>
    Sent,

    /// <summary>All was sent, or another sends the rest.</summary>
    Done,

    /// <summary>The process goes on with what another has left.</summary>
    Take,

    /// <summary>The process ends. Whoever comes first goes on.</summary>
    LetGo,

    /// <summary>How it stands: the list begins anew here, so that nobody need read what is before.</summary>
    Kept,
}

/// <summary>A change of the list.</summary>
internal sealed record UnsentChange(string Log, UnsentKind Kind, long Position = 0, Guid Of = default, long Since = 0);

/// <summary>An entry of the list.</summary>
/// <param name="Changes">What it changes, in order. One without changes says that the process is there.</param>
/// <param name="Anew">Whether all before it is void.</param>
internal sealed record UnsentEntry(UnsentChange[] Changes, bool Anew = false);

[JsonSerializable(typeof(UnsentEntry))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
internal sealed partial class UnsentJson : JsonSerializerContext;
