using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Functions.Operations;

namespace Telephony.Functions.Tests.Operations;

/// <summary>How an operation ended, seen from what its steps did.</summary>
public sealed class OperationEndTests
{
    static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("", false, OperationState.Refused)]
    [InlineData("assign-1", false, OperationState.Refused)]
    [InlineData("unassign-1", true, OperationState.Partial)]
    [InlineData("assign-1,undo-1", true, OperationState.Refused)]
    [InlineData("begin,settle", true, OperationState.Refused)]
    public void One_that_was_refused_after_it_changed_numbers_ended_in_part_unless_that_was_undone(
        string steps, bool changed, OperationState ended)
    {
        var operation = new Operation
        {
            Id = new(Id<Site>.Parse("site-1"), OperationIds.Hash("one")),
            Kind = OperationKind.Closing,
            Actor = Actor.System,
            Arguments = "",
            At = Noon,
            Changed = changed ? NumberSet.Of([E164.Parse("+442070000001")]) : NumberSet.Empty,
        };
        foreach (var step in steps.Split(',', StringSplitOptions.RemoveEmptyEntries))
            operation = operation.After(step, Noon);

        Assert.Equal(ended, operation.Ended(OperationState.Refused, Noon).State);
    }
}
