using Telephony.Functions.Messaging;
using Telephony.LocalRuntime.ServiceBus;

namespace Telephony.Functions.Tests.Infra;

/// <summary>The queue and the topic are deployed as the app expects them.</summary>
public sealed class MessagingTests
{
    /// <summary>What the tests run against.</summary>
    static readonly QueueSettings Local = new();

    static readonly EntitySettings Queue = new(
        TimeToLive: Local.TimeToLive,
        DuplicatesRememberedFor: Local.DuplicateWindow,
        LockDuration: Local.LockDuration,
        MaxDeliveryCount: Local.MaxDeliveryCount,
        DeadLettersTheExpired: Local.DeadLettersExpired,
        RequiresSession: false);

    static readonly EntitySettings Topic = Queue with
    {
        LockDuration = null,
        MaxDeliveryCount = null,
        DeadLettersTheExpired = null,
        RequiresSession = null,
    };

    /// <summary>The topic has dropped duplicates before a subscription gets a message.</summary>
    static readonly EntitySettings Subscription = Queue with { DuplicatesRememberedFor = null };

    [Theory, InlineData("dev"), InlineData("prod")]
    public async Task Activations_come_on_a_queue(string environment)
    {
        var queue = (await Deployments.OfAsync(environment)).Single("Microsoft.ServiceBus/namespaces/queues");

        Assert.Equal(EntityNames.Commands, queue.Name);
        Assert.Equal(Queue, EntitySettings.Of(queue));
    }

    [Theory, InlineData("dev"), InlineData("prod")]
    public async Task Events_leave_by_a_topic(string environment)
    {
        var topic = (await Deployments.OfAsync(environment)).Single("Microsoft.ServiceBus/namespaces/topics");

        Assert.Equal(EntityNames.Events, topic.Name);
        Assert.Equal(Topic, EntitySettings.Of(topic));
    }

    [Theory, InlineData("dev", "sample"), InlineData("prod")]
    public async Task Each_consumer_of_events_has_a_subscription(string environment, params string[] consumers)
    {
        var subscriptions = (await Deployments.OfAsync(environment))
            .All("Microsoft.ServiceBus/namespaces/topics/subscriptions");

        Assert.Equal(consumers, subscriptions.Select(subscription => subscription.Name));
        Assert.All(subscriptions, subscription => Assert.Equal(Subscription, EntitySettings.Of(subscription)));
    }
}
