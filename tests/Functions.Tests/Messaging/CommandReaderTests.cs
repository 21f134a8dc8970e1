using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Telephony.Functions.Messaging;

namespace Telephony.Functions.Tests.Messaging;

/// <summary>Whatever comes over the queue is a command, or there is a reason why it is none.</summary>
public sealed class CommandReaderTests
{
    const string Good =
        """{"type":"ActivateMain","version":1,"commandId":"c-1","site":"s","account":"a","number":"+442079460000"}""";

    [Fact]
    public void A_command_is_read_with_its_members_in_any_order()
    {
        Assert.Null(Read(Good, out var command));
        Assert.Equal(
            new ActivateMainCommand("ActivateMain", 1, "c-1", "s", "a", "+442079460000"), command);
        var turned = new JsonObject(JsonNode.Parse(Good)!.AsObject().Reverse()
            .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
        Assert.Null(Read(turned.ToJsonString(), out var same));
        Assert.Equal(command, same);
    }

    [Theory]
    [InlineData("", "bad-json")]
    [InlineData("null", "bad-json")]
    [InlineData("[]", "bad-json")]
    [InlineData("{\"type\":\"ActivateMain\",\"type\":\"ActivateMain\"}", "bad-json")]
    [InlineData("{\"\\uD800\":1}", "bad-json")]
    [InlineData("{}", "unknown-version")]
    [InlineData("{\"version\":\"1\"}", "unknown-version")]
    [InlineData("{\"version\":2,\"type\":\"Unheard\"}", "unknown-version")]
    [InlineData("{\"version\":1}", "unknown-type")]
    [InlineData("{\"version\":1,\"type\":\"activateMain\"}", "unknown-type")]
    [InlineData("{\"version\":1,\"type\":\"\\uD800\"}", "unknown-type")]
    [InlineData("{\"version\":1,\"type\":\"ActivateMain\"}", "no-command-id")]
    [InlineData("{\"version\":1,\"type\":\"ActivateMain\",\"commandId\":\"a b\"}", "no-command-id")]
    [InlineData("{\"version\":1,\"type\":\"ActivateMain\",\"commandId\":1}", "no-command-id")]
    [InlineData("{\"version\":1,\"type\":\"ActivateMain\",\"commandId\":\"c\"}", "invalid-field")]
    public void What_is_no_command_has_a_reason(string text, string code) =>
        Assert.Equal(code, Read(text, out _)?.Code);

    [Theory]
    [InlineData("number", "5", "number")]
    [InlineData("number", "null", "number")]
    [InlineData("site", "\"S\"", "site")]
    [InlineData("by", "\"Ann Lee\"", "by")]
    [InlineData("reason", "\"not here\"", "reason")]
    [InlineData("numbers", "[]", "numbers")]
    public void A_wrong_member_is_named(string member, string json, string named)
    {
        var command = JsonNode.Parse(Good)!.AsObject();
        command[member] = JsonNode.Parse(json);

        var rejection = Read(command.ToJsonString(), out _);

        Assert.Equal("invalid-field", rejection?.Code);
        Assert.Contains($"{named}: ", rejection!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void All_wrong_members_are_named_at_once()
    {
        var rejection = Read(
            Good.Replace("\"s\"", "\"S\"", StringComparison.Ordinal)
                .Replace("\"a\"", "\"A\"", StringComparison.Ordinal), out _);

        Assert.Contains("site: ", rejection!.Text, StringComparison.Ordinal);
        Assert.Contains("account: ", rejection.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_text_and_bodies_without_end_are_refused()
    {
        Assert.Equal("bad-json", CommandReader.Read([0xFF, 0xFE], out _)?.Code);
        Assert.Equal("too-large", CommandReader.Read(new byte[1024 * 1024], out _)?.Code);
        var long64 = Good[..^1] + new string(' ', CommandReader.BytesMax - Good.Length) + "}";
        Assert.Null(Read(long64, out _));
        Assert.Equal("too-large", Read(long64 + " ", out _)?.Code);
    }

    [Fact]
    public void Random_bytes_and_torn_commands_never_throw_and_always_have_a_reason()
    {
        Gen.Byte.Array[0, 200].Sample(bytes => Assert.NotNull(CommandReader.Read(bytes, out _)));
        Gen.Select(Gen.Int[0, Good.Length - 1], Gen.Char).Sample((at, c) =>
        {
            var torn = Good[..at] + c + Good[(at + 1)..];
            var rejection = Read(torn, out var command);
            Assert.True(rejection is null == command is not null && rejection?.Text is not "", torn);
        });
    }

    [Fact]
    public void Random_json_never_throws_and_always_has_a_reason()
    {
        string[] values =
        [
            "1", "0", "-1", "1.5", "1e400", "\"\"", "\"a\"", "\"\\u0000\"", "\"\\uD800\"", "true", "null", "[]", "{}",
            "[null]", "{\"from\":\"1\"}", "{\"from\":1,\"to\":null}", "\"+442079460000\"", "\"ActivateMain\"",
            "\"NominateMain\"", "\"AllocateOnBehalf\"", "\"ActivationFailed\"",
        ];
        string[] names =
        [
            "type", "version", "commandId", "site", "by", "account", "number", "numbers", "range", "count", "reason",
            "extra", "TYPE", "",
        ];
        Gen.Select(Gen.Int[0, names.Length - 1], Gen.Int[0, values.Length - 1]).Array[0, 12].Sample(members =>
        {
            var parts = members.Select(member => $"\"{names[member.Item1]}\":{values[member.Item2]}");
            var text = $"{{{string.Join(',', parts)}}}";
            var rejection = Read(text, out var command);
            Assert.True(rejection is null == command is not null, text);
            Assert.True(rejection is null || (rejection.Code.Length is > 0 and <= 64 && rejection.Text.Length > 0));
        });
    }

    static Rejection? Read(string text, out CommandBody? command)
    {
        var rejection = CommandReader.Read(Encoding.UTF8.GetBytes(text), out var read);
        command = rejection is null ? read : null;
        return rejection;
    }
}
