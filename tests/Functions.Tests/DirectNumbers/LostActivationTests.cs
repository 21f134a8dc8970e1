using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Functions.Messaging;
using Telephony.Functions.Storage;
using Telephony.Functions.Tests.MainNumber;
using Telephony.Functions.Tests.Messaging;
using Telephony.Functions.Tests.Settings;
using Telephony.Functions.Tests.VoiceServices;
using Telephony.Testing;

namespace Telephony.Functions.Tests.DirectNumbers;

/// <summary>
/// Every write on the way into service and out of it is lost in turn, or its answer; the caller repeats the request
/// with its key, and the queue the message. Whatever was lost, the site ends as it does when nothing is.
/// </summary>
public sealed class LostActivationTests(AzuriteFixture azurite) : IAsyncLifetime
{
    const int WritesMax = 20;
    const int DeliveriesMax = 5;

    TestApp app = null!;
    InterruptibleTable table = null!;
    int places;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(azurite, wrapSites: sites => table = new(sites));
        await World.OpenAsync(app);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData("activations", "Immediate", false)]
    [InlineData("activations", "Immediate", true)]
    [InlineData("deactivations", "Immediate", false)]
    [InlineData("deactivations", "Immediate", true)]
    [InlineData("activations", "PlatformConfirms", false)]
    [InlineData("activations", "PlatformConfirms", true)]
    [InlineData("deactivations", "PlatformConfirms", false)]
    [InlineData("deactivations", "PlatformConfirms", true)]
    public async Task Whichever_write_is_lost_each_number_goes_its_way_once(string goal, string rule, bool wasWritten)
    {
        var undisturbed = await RunAsync(goal, rule, write: 0, wasWritten);
        var struck = 0;
        for (var write = 1; write <= WritesMax; write++)
        {
            var disturbed = await RunAsync(goal, rule, write, wasWritten);
            Assert.Equal(undisturbed.Text, disturbed.Text);
            if (!disturbed.Struck)
                break;
            struck++;
        }

        // One transaction; or accept, begin, a word, another, settle, the end.
        Assert.InRange(struck, rule is "Immediate" ? 1 : 6, WritesMax - 1);
    }

    [Fact]
    public async Task A_number_that_changes_between_acceptance_and_its_step_is_left_in_service()
    {
        var place = await PreparedAsync("deactivations", "PlatformConfirms");
        var changed = false;
        table.Before = async changes =>
        {
            if (!changed && changes is [RowChange.Merge { Row: var row }, ..]
                && row.RowKey.StartsWith("O|", StringComparison.Ordinal))
            {
                changed = true;
                (await place.SetAsync(place.Number(0), new { label = "Front desk" })).Is(200);
            }
        };

        var accepted = (await place.DeactivateOneAsync(0)).Is(202);
        var ended = await place.EndInTimeAsync(accepted.Id);

        Assert.Equal(
            ("Refused", "precondition-failed"), ((string?)ended["state"], (string?)ended["reason"]!["code"]));
        Assert.Equal("Active", await place.StatesAsync(0));
        Assert.True(changed);
    }

    async Task<(string Text, bool Struck)> RunAsync(string goal, string rule, int write, bool wasWritten)
    {
        var place = await PreparedAsync(goal, rule);
        var (writes, struck) = (0, false);
        table.Before = _ => !wasWritten && Strikes() ? throw new IOException("Lost.") : Task.CompletedTask;
        table.After = _ =>
        {
            if (wasWritten && Strikes())
                throw new IOException("The answer was lost.");
        };

        var answer = await SendAsync();
        if (answer.Status == 503)
            answer = await SendAsync();
        if (answer.Status == 202)
            await AnsweredAsync(place, answer.Id, goal);
        (table.Before, table.After) = (_ => Task.CompletedTask, _ => { });
        var repeat = await SendAsync();
        Assert.Equal((answer.Status, answer.Id), (repeat.Status, repeat.Id));
        return (await TextAsync(place), struck);

        Task<Answer> SendAsync() => place.SendAsync(goal, new { range = place.Range(0, 2) }, "it");

        bool Strikes() => Interlocked.Increment(ref writes) == write && (struck = true);
    }

    async Task<Place> PreparedAsync(string goal, string rule)
    {
        var place = await World.PlaceAsync(app, ++places, 10);
        (await place.AllocateAsync(place.Tenant, 0, 1, 2)).Is(201);
        await place.RulesAsync(rules =>
        {
            rules["directActivation"] = rule;
            rules["autoAllocate"] = false;
        });
        await place.AssignAsync(place.Tenant, "lines", 2);
        if (goal is "deactivations")
            await place.ActivateAsync(place.Numbers(0, 1));
        return place;
    }

    /// <summary>The platform answers for both numbers, one way and the other.</summary>
    static async Task AnsweredAsync(Place place, string operation, string goal)
    {
        var office = new BackOffice(place);
        var handler = place.App.Services.GetRequiredService<CommandHandler>();
        var what = goal is "activations" ? "Activation" : "Deactivation";
        await place.WaitsInTimeAsync(operation);
        await DeliverAsync(office.Command($"{what}Confirmed", new { number = place.Number(0) }));
        await DeliverAsync(office.Command(
            $"{what}Failed", new { number = place.Number(1), reason = "No port is free." }));
        Assert.Equal("Partial", (string?)(await place.EndInTimeAsync(operation))["state"]);

        async Task DeliverAsync(JsonObject command)
        {
            var body = BinaryData.FromString(command.ToJsonString()).ToMemory();
            for (var delivery = 1; delivery <= DeliveriesMax; delivery++)
            {
                try
                {
                    Assert.Null(await handler.HandleAsync(
                        body, place.App.Durable, again: delivery > 1, TestContext.Current.CancellationToken));
                    return;
                }
                catch (IOException)
                {
                    // The queue delivers it again.
                }
            }

            throw new TimeoutException("It was never carried out.");
        }
    }

    /// <summary>What is stored, but for ids and times: they are another site's, and the clock went on.</summary>
    async Task<string> TextAsync(Place place)
    {
        await app.Mover.MoveAsync(Id<Site>.Parse(place.Site), TimeSpan.Zero, TestContext.Current.CancellationToken);
        var told = app.History.Rows.Count(
            row => row.PartitionKey.StartsWith(place.Site + "|", StringComparison.Ordinal));
        var rows = app.Sites.Rows.Where(row => row.PartitionKey == place.Site).ToList();
        var block = BlockRow.Read(rows.Single(
            row => row.RowKey == SiteKeys.Block(E164.Parse(place.Number(0)).Block)));
        var numbers = block.Provisioned.Select(slot => block[slot]!).Select(number => string.Create(
            CultureInfo.InvariantCulture, $"{number.State} {number.EverActive} {number.Version}"));
        var operations = rows.Where(row => row.RowKey.StartsWith("O|", StringComparison.Ordinal)).Select(row => string
            .Join(' ', row["Kind"], row["State"], row.GetInt32("ErrorCount"), string.Join(
                ',', row.GetString("Steps").Split(';').Select(step => step.Split('=')[0]))));
        return string.Join('\n', numbers
            .Concat(operations.Order(StringComparer.Ordinal))
            .Concat(rows.Where(row => row.RowKey.StartsWith("A|", StringComparison.Ordinal))
                .Select(row => $"{row["DirectNumbers"]} {row["InService"]}"))
            .Append($"{told} events"));
    }
}
