using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.History;
using Telephony.Domain.Numbers;
using Telephony.Functions.Messaging;
using Telephony.Functions.Operations;
using Telephony.Functions.Tests.Docs;
using Telephony.Testing;

namespace Telephony.Functions.Tests.Messaging;

/// <summary>Sending, and what becomes of it when the topic does not answer.</summary>
public sealed class EventSenderTests(AzuriteFixture azurite)
{
    static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    readonly FakeTimeProvider clock = new(Noon);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_people_do_over_HTTP_is_told_once_each()
    {
        await using var app = await TestApp.StartAsync(azurite);
        await World.OpenAsync(app);
        var place = await World.PlaceAsync(app, index: 1, numbers: 10);
        (await place.AllocateAsync(place.Tenant, 3, 4, 5)).Is(201);

        var told = app.Bus.To(EntityNames.Events).Where(message =>
            (string)message.ApplicationProperties["site"] == place.Site).ToList();

        Assert.Equal(["number.provisioned", "number.allocated"], told.Select(message => message.Subject));
        Assert.Equal(
            [place.Number(3), place.Number(4), place.Number(5)],
            RecordingBus.Body(told[1])["data"]!["numbers"]!.AsArray().Select(one => (string)one!["number"]!));
        Assert.Equal(place.Tenant, told[1].ApplicationProperties["account"]);
    }

    [Fact]
    public async Task On_a_developers_machine_a_subscription_gets_what_was_sent()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var client = app.Services.GetRequiredService<ServiceBusClient>();
        var sender = client.CreateSender(EntityNames.Events);

        await RemindAsync(new(sender, clock, NullLogger<EventSender>.Instance));
        await RemindAsync(new(sender, clock, NullLogger<EventSender>.Instance));

        var subscription = client.CreateReceiver($"{EntityNames.Events}/Subscriptions/sample");
        var received = Assert.Single(await subscription.PeekMessagesAsync(10, cancellationToken: Ct));
        Assert.Equal(EventTypes.ActivationOverdue, received.ApplicationProperties["type"]);
        Assert.Equal("", EventSchema.Violations(EventSchema.Closed(), received.Body.ToString()));
    }

    [Fact]
    public async Task A_topic_that_failed_is_left_alone_for_half_a_minute()
    {
        var plan = FaultPlan.At(1, Fault.BeforeCall);
        var bus = new RecordingBus(plan);
        var sender = Sender(bus);

        await Assert.ThrowsAsync<NotSentException>(() => RemindAsync(sender));
        await Assert.ThrowsAsync<NotSentException>(() => RemindAsync(sender));
        clock.Advance(TimeSpan.FromSeconds(29));
        await Assert.ThrowsAsync<NotSentException>(() => RemindAsync(sender));
        Assert.Equal((1, 0), (plan.Calls, bus.Sends));

        clock.Advance(TimeSpan.FromSeconds(1));
        await RemindAsync(sender);
        await RemindAsync(sender);
        Assert.Equal(2, bus.Sends);
        Assert.Single(bus.To(EntityNames.Events).Select(message => message.MessageId).Distinct());
    }

    [Fact]
    public async Task A_topic_that_does_not_answer_is_not_waited_for_for_long()
    {
        var silent = new SilentSender();
        var sent = RemindAsync(new EventSender(silent, clock, NullLogger<EventSender>.Instance));

        await silent.WasAsked;
        clock.Advance(TimeSpan.FromSeconds(20));

        await Assert.ThrowsAsync<NotSentException>(() => sent);
    }

    [Fact]
    public void Without_a_setting_it_says_which_one_to_set()
    {
        var refused = Assert.Throws<InvalidOperationException>(
            () => ServiceBusConnection.Open(new ConfigurationBuilder().Build()));

        Assert.Contains("ServiceBus:fullyQualifiedNamespace", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_credential_that_is_not_known_is_refused_by_its_setting()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ServiceBus:fullyQualifiedNamespace"] = "telephony.servicebus.windows.net",
            ["ServiceBus:credential"] = "password",
        }).Build();

        var refused = Assert.Throws<InvalidOperationException>(() => ServiceBusConnection.Open(configuration));

        Assert.Contains("ServiceBus:credential is 'password'", refused.Message, StringComparison.Ordinal);
    }

    EventSender Sender(RecordingBus bus) =>
        new(bus.CreateSender(EntityNames.Events), clock, NullLogger<EventSender>.Instance);

    static Task RemindAsync(EventSender sender) => sender.RemindAsync(
        new Operation
        {
            Id = new(Id<Site>.Parse("london"), new string('a', 26)),
            Kind = OperationKind.Allocation,
            Actor = Actor.System,
            Arguments = "",
            At = Noon,
        },
        [E164.Parse("+442079460000")], Noon.AddHours(1), Noon.AddHours(1), Ct);

    sealed class SilentSender : ServiceBusSender
    {
        readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task WasAsked => asked.Task;

        public override Task SendMessageAsync(
            ServiceBusMessage message, CancellationToken cancellationToken = default)
        {
            asked.TrySetResult();
            return Task.Delay(Timeout.Infinite, cancellationToken);
        }
    }
}
