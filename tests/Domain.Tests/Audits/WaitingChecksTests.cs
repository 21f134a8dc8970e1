using Telephony.Domain.Audits;
using Telephony.Domain.Numbers;
using Telephony.Domain.Tests.Pool;
using static Telephony.Domain.Tests.Audits.SiteChecksTests;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Audits;

/// <summary>What waits for the platform, and what waits for nothing any more.</summary>
public sealed class WaitingChecksTests
{
    [Fact]
    public void What_waits_for_somebody_is_stuck_only_once_its_time_is_over()
    {
        var accepted = StuckFrom.AddDays(-9);
        Assert.Empty(Only<Finding.OperationStuck>(Audited() with
        {
            Operations = [new(First, Ours, accepted) { WaitsUntil = StuckFrom }],
        }));
        Assert.Single(Only<Finding.OperationStuck>(Audited() with
        {
            Operations = [new(First, Ours, accepted) { WaitsUntil = StuckFrom.AddTicks(-1) }],
        }));
    }

    [Fact]
    public void A_number_that_no_operation_waits_for_any_more_is_found()
    {
        var waits = Leaving.MainNumber(NumberState.Activating) with
        {
            Account = Ours, Operation = Second, Since = StuckFrom.AddTicks(-1),
        };
        var site = Audited((200, waits));

        var found = Assert.Single(Only<Finding.ActivationOrphaned>(site));
        Assert.Equal((Ours, Set(200)), (found.Account, found.Numbers));
        Assert.Empty(Only<Finding.ActivationOrphaned>(site with
        {
            Operations = [new(Second, Ours, StuckFrom) { WaitsUntil = StuckFrom.AddDays(9) }],
        }));
        Assert.Empty(Only<Finding.ActivationOrphaned>(Audited((200, waits with { Since = StuckFrom }))));
    }
}
