using System.Text.Json;
using System.Text.Unicode;
using Telephony.Domain.Directory;
using Telephony.Domain.Places;
using Telephony.Functions.Http;
using Telephony.Functions.Operations;

namespace Telephony.Functions.Messaging;

/// <summary>Makes a command of a message's bytes: what is not understood is refused, never guessed.</summary>
static class CommandReader
{
    public const int BytesMax = 64 * 1024;

    /// <summary>The command, or why it is none. Its numbers are read where the site is known.</summary>
    public static Rejection? Read(ReadOnlySpan<byte> utf8, out CommandBody command)
    {
        command = null!;
        if (utf8.Length > BytesMax)
            return Rejection.TooLarge(utf8.Length, BytesMax);
        if (Members(utf8, out var members) is { } unreadable)
            return unreadable;
        if (!(members.TryGetValue("version", out var version) && version.ValueKind is JsonValueKind.Number
            && version.TryGetInt32(out var number) && number == CommandTypes.Version))
        {
            return Rejection.UnknownVersion();
        }

        var type = Text(members, "type");
        if (type is null || !CommandTypes.All.TryGetValue(type, out var form))
            return Rejection.UnknownType(type);
        if (!IdempotencyKey.TryParse(Text(members, "commandId"), out _))
            return Rejection.NoCommandId();
        return Nulls(members) is { } problem
            ? Rejection.Of(problem)
            : Body(utf8, form, out command);
    }

    /// <summary>What people are shown of a message that may be anything.</summary>
    public static string? Shown(ReadOnlySpan<byte> utf8, string member) =>
        utf8.Length <= BytesMax && Members(utf8, out var members) is null && Text(members, member) is { } text
            ? Problems.Shown(text)
            : null;

    static Rejection? Members(ReadOnlySpan<byte> utf8, out Dictionary<string, JsonElement> members)
    {
        members = [];
        if (!Utf8.IsValid(utf8))
            return Rejection.BadJson("Its bytes are not UTF-8.");

        try
        {
            if (JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(utf8, Json.Options) is not { } read)
                return Rejection.BadJson("It is null.");
            members = read;
            return null;
        }
        catch (JsonException e)
        {
            return Rejection.BadJson($"It is no JSON object, or not well-formed, at line {e.LineNumber + 1}.");
        }
    }

    /// <summary>What is absent is left out: null would be a third way to say nothing.</summary>
    static Problem? Nulls(Dictionary<string, JsonElement> members)
    {
        var errors = new BodyErrors();
        foreach (var (name, value) in members)
        {
            if (value.ValueKind is JsonValueKind.Null)
                errors.Add(Problems.Shown(name), "bad-json", "It is null.", "Send a value, or leave it out.");
        }

        return errors.Problem;
    }

    static Rejection? Body(ReadOnlySpan<byte> utf8, Type form, out CommandBody command)
    {
        command = null!;
        try
        {
            command = (CommandBody)JsonSerializer.Deserialize(utf8, form, Json.Options)!;
        }
        catch (JsonException e)
        {
            return Rejection.Of(Json.Explain(e));
        }

        return Wrong(command) is { } problem ? Rejection.Of(problem) : null;
    }

    static Problem? Wrong(CommandBody command)
    {
        var errors = new BodyErrors();
        Id<Site>("site", command.Site);
        Id<User>("by", command.By);
        Id<Account>("account", command switch
        {
            ActivateMainCommand activate => activate.Account,
            AllocateCommand allocate => allocate.Account,
            _ => null,
        });
        if (command is AssignCommand assign)
        {
            Id<User>("user", assign.User);
            Id<Space>("space", assign.Space);
        }

        if (command is FailedCommand failed)
            errors.Line("reason", failed.Reason, NumberChange.NoteMax);
        return errors.Problem;

        void Id<T>(string field, string? text)
        {
            if (text is not null && !Domain.Id<T>.TryParse(text, out _))
                errors.Add(Problems.BadId(field, text).Errors);
        }
    }

    static string? Text(Dictionary<string, JsonElement> members, string name)
    {
        try
        {
            return members.TryGetValue(name, out var value) && value.ValueKind is JsonValueKind.String
                ? value.GetString()
                : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, written as an escape: well-formed JSON that is no text.
            return null;
        }
    }
}
