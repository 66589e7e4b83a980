using System.Text.Json;

namespace LiveComments.WebFrontend.Api;

/// <summary>Reads a JSON Merge Patch (RFC 7396) of the settings of a video, member by member.</summary>
internal sealed class SettingsPatch
{
    /// <summary>What a body looks like.</summary>
    public const string Example = """{"slowSeconds":30} or {"preset":"calm"}""";

    private const string Preset = "preset";

    private static readonly SettingsChange Calm = new()
    {
        SlowSeconds = 30,
        MayPost = MayPost.Established,
        Links = LinkRule.Refuse,
        UniqueSeconds = 300,
    };

    private SettingsPatch()
    {
    }

    /// <summary>The change that it asks for.</summary>
    public SettingsChange Change { get; private set; } = new();

    /// <summary>What is wrong with it, by member.</summary>
    public Dictionary<string, string[]> Errors { get; } = [];

    /// <summary>Reads the members of a body. Those that it names stand before those of a preset.</summary>
    public static SettingsPatch Read(IReadOnlyDictionary<string, JsonElement> members)
    {
        var patch = new SettingsPatch();
        if (members.TryGetValue(Preset, out var preset)) patch.TakePreset(preset);
        foreach (var (name, value) in members)
            if (name != Preset) patch.Take(name, value);
        return patch;
    }

    private void TakePreset(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String && value.ValueEquals("calm")) Change = Calm;
        else Errors[Preset] = ["Send \"calm\", or leave it out."];
    }

    private void Take(string name, JsonElement value)
    {
        var defaults = VideoSettings.Default;
        switch (name)
        {
            case "slowSeconds":
                Change = Change with { SlowSeconds = Number(0, VideoSettings.MostSlowSeconds, defaults.SlowSeconds) };
                break;
            case "mayPost":
                Change = Change with { MayPost = Named<MayPost>() };
                break;
            case "establishedMinutes":
                Change = Change with { EstablishedMinutes = Number(1, VideoSettings.MostEstablishedMinutes, defaults.EstablishedMinutes) };
                break;
            case "uniqueSeconds":
                Change = Change with { UniqueSeconds = Number(0, VideoSettings.MostUniqueSeconds, defaults.UniqueSeconds) };
                break;
            case "links":
                Change = Change with { Links = Named<LinkRule>() };
                break;
            case "holdAll":
                Change = Change with { HoldAll = Flag() };
                break;
            case "delaySeconds":
                Change = Change with { DelaySeconds = Number(0, VideoSettings.MostDelaySeconds, defaults.DelaySeconds) };
                break;
            case "state":
                Change = Change with { State = Named<VideoState>() };
                break;
            default:
                Errors[name] =
                [
                    "There is no such setting. There are slowSeconds, mayPost, establishedMinutes, uniqueSeconds, links, holdAll, delaySeconds, "
                    + "state and preset.",
                ];
                break;
        }

        int Number(int least, int most, int usual)
        {
            if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most)
                return number;
            if (value.ValueKind != JsonValueKind.Null)
                Errors[name] = [$"Send a whole number from {least} to {most:N0}, or null for {usual}."];
            return usual;
        }

        bool Flag()
        {
            if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null))
                Errors[name] = ["Send true or false."];
            return value.ValueKind == JsonValueKind.True;
        }

        T Named<T>()
            where T : struct, Enum
        {
            if (value.ValueKind == JsonValueKind.String && Choice<T>.TryParse(value.GetString()!, out var choice)) return choice;
            if (value.ValueKind != JsonValueKind.Null)
                Errors[name] = [$"Send one of {string.Join(", ", Choice<T>.Names)}, or null for {Choice<T>.NameOf(default)}."];
            return default;
        }
    }
}
