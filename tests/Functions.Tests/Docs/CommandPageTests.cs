extern alias JsonEverything;

using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using JsonEverything::Json.Schema;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Messaging;
using Telephony.Functions.Operations;
using Telephony.Functions.Tests.Messaging;
using Telephony.Testing;

namespace Telephony.Functions.Tests.Docs;

/// <summary>What the back office reads of its queue is what the app takes: examples, schema, codes.</summary>
public sealed partial class CommandPageTests(World world) : IClassFixture<World>
{
    static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "back-office.md"));

    static readonly JsonSchema Schema = JsonSchema.FromText(
        File.ReadAllText(Path.Combine(Repository.Root, "docs", "schemas", "commands.v1.schema.json")));

    static readonly IReadOnlyList<JsonObject> Examples =
        [.. Example().Matches(Page).Select(match => JsonNode.Parse(match.Groups["json"].Value)!.AsObject())];

    /// <summary>What no command can meet, whose codes the page need not have.</summary>
    static readonly IReadOnlyList<NumberRefusal> NotOfCommands =
    [
        NumberRefusal.AlreadyProvisioned, NumberRefusal.NamedTwice, NumberRefusal.NotTheirs, NumberRefusal.NotTheFormer,
        NumberRefusal.NotDue, NumberRefusal.LiveElsewhere, NumberRefusal.InThePast, NumberRefusal.HeldAlready,
        NumberRefusal.NotInHold, NumberRefusal.ChangedSince,
    ];

    [Fact]
    public void Every_command_has_an_example_that_is_of_the_schema_and_is_read()
    {
        Assert.Equal(CommandTypes.All.Keys.Order(), Examples.Select(example => (string)example["type"]!).Order());
        Assert.All(Examples, example =>
        {
            Assert.True(IsValid(example), example.ToJsonString());
            Assert.Null(CommandReader.Read(Encoding.UTF8.GetBytes(example.ToJsonString()), out _));
        });
        foreach (var type in CommandTypes.All.Keys)
            Assert.Contains($"`{type}`", Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_of_the_schema_is_refused_with_a_reason()
    {
        var place = await world.PlaceAsync();
        var office = new BackOffice(place);
        var (tried, before) = (0, place.Rows);
        foreach (var example in Examples)
        {
            example["site"] = place.Site;
            if (example.ContainsKey("account"))
                example["account"] = place.Tenant;
            foreach (var wrong in Mutations(example).Where(mutation => !IsValid(mutation)))
            {
                var settled = await office.SendAsync(wrong.ToJsonString());
                Assert.True(settled.Code is { Length: > 0 } && settled.Text is { Length: > 0 }, wrong.ToJsonString());
                tried++;
            }
        }

        Assert.InRange(tried, 200, 5_000);
        Assert.Equal(before, place.Rows);
    }

    [Fact]
    public void Every_code_of_a_dead_letter_is_on_the_page()
    {
        var section = Page[Page.IndexOf("### Dead letters", StringComparison.Ordinal)..];
        var number = E164.Parse("+442079460000");
        Refusal[] refusals =
        [
            .. Enum.GetValues<NumberRefusal>().Except(NotOfCommands)
                .Select(reason => new Refusal.OfNumber(number, reason)),
            new Refusal.PoolExhausted(1, 0), new Refusal.NoRun(1, 0), new Refusal.AccountFull(1, 1, 1),
            new Refusal.KeptForOperator(1, 0, 1), new Refusal.SiteNotManaged(), new Refusal.TooManyBlocks(99),
            new Refusal.NoServiceForMain(Domain.Id<Domain.Directory.Account>.Parse("acme")),
        ];

        Assert.All(Rejection.OwnCodes.Concat(refusals.Select(refusal => Refusals.Reason(refusal).Code)), code =>
        {
            Assert.Contains($"`{code}`", section, StringComparison.Ordinal);
            Assert.Matches("^[a-z-]{1,64}$", code);
        });
    }

    [Fact]
    public void Every_own_code_is_one_that_some_message_gets()
    {
        Rejection[] made =
        [
            Rejection.TooLarge(2, 1), Rejection.BadJson(""), Rejection.UnknownVersion(), Rejection.UnknownType(null),
            Rejection.NoCommandId(), Rejection.UnknownSite(""), Rejection.UnknownAccount("", ""),
            Rejection.OnBehalfNotAllowed(""), Rejection.CommandReused(""),
            Rejection.Of(Telephony.Functions.Http.Problems.UnknownMember("x")),
        ];
        Assert.Equal(Rejection.OwnCodes.Order(), made.Select(rejection => rejection.Code).Order());
    }

    /// <summary>Each member gone, null, of each other type, too long, and one more.</summary>
    static IEnumerable<JsonObject> Mutations(JsonObject good)
    {
        yield return With(good, "extra", JsonValue.Create(1));
        yield return With(good, "count", JsonValue.Create(0));
        yield return With(good, "range", new JsonObject { ["from"] = "+442079460000" });
        foreach (var name in good.Select(member => member.Key).ToList())
        {
            var less = good.DeepClone().AsObject();
            less.Remove(name);
            yield return less;
            JsonNode?[] others =
            [
                null, JsonValue.Create(7), JsonValue.Create(-1), JsonValue.Create(1.5), JsonValue.Create(true),
                JsonValue.Create(""), JsonValue.Create(new string('a', 300)), JsonValue.Create("A b"), new JsonArray(),
                new JsonArray(7), new JsonArray((JsonNode?)null), new JsonObject(),
            ];
            foreach (var other in others)
                yield return With(good, name, other);
        }
    }

    static JsonObject With(JsonObject good, string name, JsonNode? value)
    {
        var copy = good.DeepClone().AsObject();
        copy[name] = value;
        return copy;
    }

    static bool IsValid(JsonObject command)
    {
        using var json = JsonDocument.Parse(command.ToJsonString());
        return Schema.Evaluate(json.RootElement).IsValid;
    }

    [GeneratedRegex("```json\n(?<json>\\{\"type\":.*)\n```")]
    private static partial Regex Example();
}
