using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Moq;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Access;
using Telephony.Functions.Directory;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;
using Telephony.Functions.VoiceServices;
using Telephony.Testing;

namespace Telephony.Functions.Tests.VoiceServices;

/// <summary>A caller that hangs up takes nothing back: what is on record is carried out.</summary>
public sealed class LeavingCallerTests
{
    static readonly Operator Owner = new(Id<Operator>.Parse("acme"), "Acme");

    static readonly Site Place =
        new(Id<Site>.Parse("london"), Owner.Id, "London", "GB", "Europe/London", "1 High Street");

    static readonly Account Tenant =
        new(Id<Account>.Parse("tenant"), Owner.Id, AccountKind.Occupier, "Tenant", [Place.Id]);

    [Fact]
    public async Task A_caller_that_leaves_once_the_operation_is_accepted_does_not_keep_it_from_being_scheduled()
    {
        using var left = new CancellationTokenSource();
        var table = new InterruptibleTable(new MemoryTable());
        using var cache = new SiteCache();
        var sites = new SitePartition(table, cache, TimeProvider.System);
        await ImportAsync(sites);
        table.After = changes =>
        {
            if (InterruptibleTable.Accepts(changes))
                left.Cancel();
        };

        var client = new Mock<DurableTaskClient>("durable");
        var function = new PutVoiceService(
            sites, await DirectoryAsync(), new OperationDriver(sites, TimeProvider.System), TimeProvider.System);
        await function.Run(Request(), client.Object, "phones", left.Token);

        Assert.True(left.IsCancellationRequested, "The test proves nothing unless the caller left.");
        client.Verify(durable => durable.ScheduleNewOrchestrationInstanceAsync(
            nameof(AssignVoiceService2),
            It.IsAny<object>(),
            new StartOrchestrationOptions("voice~london~tenant"),
            It.Is<CancellationToken>(token => !token.IsCancellationRequested)), Times.Once);
    }

    static HttpRequest Request()
    {
        var context = new DefaultHttpContext();
        var caller = new Caller(Id<User>.Parse("olga"), Role.OperatorAdmin, Owner.Id, null, null);
        var target = new Target { Operator = Owner.Id, Site = Place, Account = Tenant };
        context.Features.Set(new Admitted(caller, target, new AccessDecision.Allowed()));
        context.Request.Method = "PUT";
        context.Request.Path = "/api/v1/sites/london/accounts/tenant/voice-services/phones";
        context.Request.ContentType = "application/json";
        context.Request.Headers["Idempotency-Key"] = "mine";
        context.Request.Headers.IfNoneMatch = "*";
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes("""{"code":"voice","quantity":1}"""));
        return context.Request;
    }

    static async Task<DirectoryTable> DirectoryAsync()
    {
        var row = DirectoryRows.Write(Tenant);
        var table = new MemoryTable();
        await table.CommitAsync(row.PartitionKey, [new RowChange.Insert(row)], TestContext.Current.CancellationToken);
        return new(table, new DirectoryCache(TimeProvider.System));
    }

    static async Task ImportAsync(SitePartition sites)
    {
        var operation = new Operation
        {
            Id = new(Place.Id, new string('a', 26)),
            Kind = OperationKind.Import,
            Actor = new("paula", Role.Platform, null),
            Arguments = "",
            At = DateTimeOffset.UnixEpoch,
        };
        var command = new Provision(
            operation.Order(operation.At),
            [new(NumberSet.Of([E164.Parse("+442079460001")]), NumberKind.Standard, Nominated: false, Earmark: null)]);
        var outcome = await sites.TransactAsync(
            new(operation, "import", operation.At, site => PoolDecider.Decide(site, command)),
            TestContext.Current.CancellationToken);
        Assert.IsType<SiteOutcome.Done>(outcome);
    }
}
