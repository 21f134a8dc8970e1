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
    [Fact]
    public void A_direct_number_that_nobody_waits_for_is_found_on_its_way_out_only_after_the_deadline_of_others()
    {
        var late = StuckFrom.AddTicks(-1);
        var up = Leaving.Owned(NumberState.Activating) with { Operation = Second, Since = late };
        var down = Leaving.Owned(NumberState.Deactivating) with { Operation = Second, Since = Noon.AddDays(-14) };
        var site = Audited((200, up), (201, down), (202, down with { Since = down.Since!.Value.AddTicks(-1) }));

        Assert.Equal(Set(200), Assert.Single(Only<Finding.DirectOrphaned>(site)).Numbers);
        Assert.Equal(Set(202), Assert.Single(Only<Finding.DeactivationOrphaned>(site)).Numbers);
        Assert.Empty(Only<Finding.ActivationOrphaned>(site));
        Assert.Empty(Only<Finding.DirectOrphaned>(site with { Operations = [new(Second, null, late)] }));
    }
}
