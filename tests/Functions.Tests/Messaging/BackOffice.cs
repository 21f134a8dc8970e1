using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Moq;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Functions.MainNumber;
using Telephony.Functions.Messaging;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;
using Telephony.Testing;
using Operation = Telephony.Functions.Operations.Operation;

namespace Telephony.Functions.Tests.Messaging;

/// <summary>What became of a message: completed where there is no code.</summary>
sealed record Settled(string? Code, string? Text);

/// <summary>The back office of a place, which sends commands to the function that takes them.</summary>
sealed class BackOffice(Place place)
{
    int commands;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A command of this place, with an id of its own unless it is given one.</summary>
    public JsonObject Command(string type, object members, string? id = null)
    {
        var command = JsonSerializer.SerializeToNode(members)!.AsObject();
        command.TryAdd("type", type);
        command.TryAdd("version", 1);
        command.TryAdd("commandId", id ?? $"command-{Interlocked.Increment(ref commands)}");
        command.TryAdd("site", place.Site);
        return command;
    }

    public Task<Settled> SendAsync(string type, object members, string? id = null, int delivery = 1) =>
        SendAsync(Command(type, members, id).ToJsonString(), delivery);

    public Task<Settled> SendAsync(string body, int delivery = 1, DurableTaskClient? client = null) =>
        ReceiveAsync(
            ActivatorUtilities.CreateInstance<ReceiveCommand>(place.App.Services), client ?? place.App.Durable,
            BinaryData.FromString(body), delivery);

    /// <summary>Fails when the message is neither completed nor dead-lettered, or both.</summary>
    public static async Task<Settled> ReceiveAsync(
        ReceiveCommand function, DurableTaskClient client, BinaryData body, int delivery = 1)
    {
        var message = ServiceBusModelFactory.ServiceBusReceivedMessage(
            body: body, messageId: "message", deliveryCount: delivery);
        var settled = new List<Settled>();
        var actions = new Mock<ServiceBusMessageActions>(MockBehavior.Strict);
        actions.Setup(queue => queue.CompleteMessageAsync(message, It.IsAny<CancellationToken>()))
            .Callback(() => settled.Add(new(null, null))).Returns(Task.CompletedTask);
        actions.Setup(queue => queue.DeadLetterMessageAsync(
                message, null, It.IsAny<string>(), It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .Callback((ServiceBusReceivedMessage _, Dictionary<string, object>? _, string code, string text,
                CancellationToken _) => settled.Add(new(code, text)))
            .Returns(Task.CompletedTask);
        await function.Run(message, actions.Object, client, Ct);
        return Assert.Single(settled);
    }

    /// <summary>It is carried out, kept, or was before.</summary>
    public async Task DoneAsync(string type, object members, string? id = null, int delivery = 1)
    {
        var settled = await SendAsync(type, members, id, delivery);
        Assert.True(settled.Code is null, $"{settled.Code}: {settled.Text}");
    }

    /// <summary>A service of the tenant's, whose main number then waits for the platform.</summary>
    public async Task WaitForActivationAsync(string number)
    {
        await place.AssignAsync(place.Tenant, "main", 1);
        await StateAsync(number, "Activating");
    }

    /// <summary>Puts a number as the tenant's next main number; the service that it needs has to be there.</summary>
    public async Task<string> PutMainAsync(string number)
    {
        var operation = new Operation
        {
            Id = new(Id<Site>.Parse(place.Site), OperationIds.Hash("put", number)),
            Kind = OperationKind.MainNumber,
            Actor = new("olga", Domain.Access.Role.OperatorAdmin, null),
            Arguments = MainNumberRequest.Arguments(E164.Parse(number)),
            At = place.App.Clock.GetUtcNow(),
            Account = Id<Account>.Parse(place.Tenant),
            AccountKind = AccountKind.Occupier,
            Number = E164.Parse(number),
        };
        var accepted = await place.App.Services.GetRequiredService<SitePartition>().AcceptAsync(operation, Ct);
        await place.App.Services.GetRequiredService<OperationDriver>()
            .DriveAsync(place.App.Durable, accepted.Operation, accepted.Replayed, Ct);
        return operation.Id.Value;
    }

    /// <summary>How the tenant's last activation ended; by then nothing waits any more.</summary>
    public async Task<string> EndOfActivationAsync()
    {
        var instance = OperationDriver.MainNumberInstance(Id<Site>.Parse(place.Site), Id<Account>.Parse(place.Tenant));
        var ended = await place.App.Durable.WaitForInstanceCompletionAsync(
            instance, getInputsAndOutputs: true, cancellation: Ct);
        var operation = await place.App.GetAsync($"operations/{ended.ReadInputAs<string>()}", place.Platform);
        return (string)operation.Is(200).Body["state"]!;
    }

    /// <summary>Waits for it, by asking.</summary>
    public Task StateAsync(string number, string state) =>
        Eventually.GetAsync(() => place.StoredAsync(number), stored => stored.State.ToString() == state);

    /// <summary>A site of twenty numbers, these of them nominated, whose service needs a main number.</summary>
    public static async Task<Place> PlaceAsync(World world, params int[] nominated)
    {
        var place = await world.PlaceAsync(numbers: 0);
        await place.RulesAsync(rules => rules["services"]![0]!["needsMain"] = true);
        foreach (var offsets in Enumerable.Range(0, 20).GroupBy(nominated.Contains))
        {
            (await place.ImportAsync(new
            {
                lines = new[] { new { numbers = place.Numbers([.. offsets]), nominated = offsets.Key } },
            })).Is(201);
        }

        return place;
    }
}
