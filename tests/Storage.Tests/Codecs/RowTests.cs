using System.Collections.Immutable;
using System.Globalization;
using Azure.Data.Tables;
using CsCheck;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Choice;
using Telephony.Domain.Directory;
using Telephony.Domain.Lines;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Domain.Services;
using Telephony.Functions.Http;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;
using Telephony.Testing;
using Operation = Telephony.Functions.Operations.Operation;

namespace Telephony.Storage.Tests.Codecs;

/// <summary>The rows of accounts, operations, events and rules, written to a table and read back from it.</summary>
public sealed class RowTests
{
    static readonly Operation Sample = new()
    {
        Id = new(Gens.Site, new string('a', 26)),
        Kind = OperationKind.Allocation,
        Actor = new("user", Role.Platform, Id<Operator>.Parse("landlord")),
        Arguments = "",
        At = DateTimeOffset.UnixEpoch,
        Account = Id<Account>.Parse("acme"),
    };

    [Fact]
    public void A_holding_read_back_is_the_holding() => Gens.Holdings.Sample(holding =>
    {
        var read = HoldingRow.Read(Stored(HoldingRow.Write(Gens.Site, holding, default)));

        Assert.Equal(
            (holding.Account, holding.DirectNumbers, holding.InService, holding.Main),
            (read.Account, read.DirectNumbers, read.InService, read.Main));
        Assert.Equal<KeyValuePair<Id<VoiceService>, VoiceService>>(holding.Services, read.Services);
    }, iter: 100);

    [Fact]
    public void As_many_services_as_an_account_may_have_fit_its_row()
    {
        var services = Enumerable.Range(0, Holding.ServicesMax)
            .Select(i => i.ToString(CultureInfo.InvariantCulture).PadRight(40, 'x'))
            .Select(id => new VoiceService(Id<VoiceService>.Parse(id), new('c', 40), 10_000, int.MaxValue));
        var holding = new Holding(
            Id<Account>.Parse("acme"), services.ToImmutableSortedDictionary(s => s.Id, s => s), 1);

        var read = HoldingRow.Read(Stored(HoldingRow.Write(Gens.Site, holding, default)));
        Assert.Equal(Holding.ServicesMax, read.Services.Count);
    }

    [Fact]
    public void An_operation_read_back_is_the_operation() => Gens.Operations.Sample(operation =>
    {
        var read = OperationRow.Read(Stored(OperationRow.Write(operation)));

        Assert.Equal<OperationStep>(operation.Steps, read.Steps);
        Assert.Equal<Piece>(operation.Choice, read.Choice);
        Assert.Equal<LineWish>(operation.Wishes, read.Wishes);
        Assert.Equal(
            operation with { Steps = [], Choice = [], Wishes = [], ETag = default },
            read with { Steps = [], Choice = [], Wishes = [], ETag = default });
        Assert.NotEqual(default, read.ETag);
    }, iter: 200);

    [Fact]
    public void An_operation_on_as_many_numbers_as_one_may_change_fits_its_row_and_its_event()
    {
        var numbers = NumberSet.Of(
            Enumerable.Range(0, 97).Select(i => new BlockSlots(new(9_999_999_999_000 + i), Slots.All)));
        var operation = Sample with { Numbers = numbers, Changed = numbers, Unchanged = numbers };

        Assert.Equal(numbers, OperationRow.Read(Stored(OperationRow.Write(operation))).Changed);
        Assert.Equal(numbers, NumberSet.Parse(
            Stored(EventRow.Write(operation, "take", Change(numbers), Gens.Worst(numbers), operation.At, 3))
                .GetString("Numbers")));
    }

    [Fact]
    public void The_first_thousand_errors_of_a_file_come_back_as_they_were_said()
    {
        var errors = Enumerable.Range(2, 2_000).Reverse().Select(row => ProblemError.OfField(
            "number", "lost-plus-sign", $"'4420794{row:d5}' has lost its plus sign.", "Send it so.") with
            { Row = row }).ToList();
        var operation = Sample with { Errors = RowErrors.Of(errors.Count, errors) };

        var read = OperationRow.Read(Stored(OperationRow.Write(operation))).Errors;

        Assert.Equal(2_000, read.Count);
        Assert.Equal(errors.OrderBy(error => error.Row).Take(1_000), read.Listed());
        Assert.InRange(read.Packed.Length, 1, TableLimits.BytesMax / 4);
    }

    [Fact]
    public void An_event_says_who_did_what_for_whom_and_by_which_rules()
    {
        var at = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(1));

        var row = Stored(EventRow.Write(Sample, "take", Change(NumberSet.Empty), [], at, 7));

        Assert.Equal($"E|{Sample.Id}~take", row.RowKey);
        Assert.Equal(("Allocation", at), (row.GetString("Kind"), row.GetDateTimeOffset("At")!.Value));
        Assert.Equal(
            ("user", "Platform", "landlord", "acme", 7),
            (row.GetString("User"), row.GetString("Role"), row.GetString("OnBehalfOf"), row.GetString("Account"),
                row.GetInt32("RulesVersion")!.Value));
    }

    [Fact]
    public void Keys_sort_as_what_they_name_and_all_that_an_allocation_needs_is_one_range()
    {
        BlockId[] blocks = [new(10_000), new(4420794600), new(9_999_999_999_999)];
        string[] needed =
        [
            SiteKeys.Holding(Id<Account>.Parse("0")), SiteKeys.Holding(Id<Account>.Parse(new('z', 40))),
            .. blocks.Select(block => SiteKeys.Block(block)), SiteKeys.Rules,
        ];

        Assert.Equal(needed, needed.Order(StringComparer.Ordinal));
        Assert.All(needed, key => Assert.True(IsNeeded(key)));
        Assert.False(IsNeeded(SiteKeys.Event(Sample.Id, "take")));
        Assert.False(IsNeeded(SiteKeys.Operation(Sample.Id)));
        Assert.Equal(blocks, blocks.Select(block => SiteKeys.Block(SiteKeys.Block(block))));
        string[] versions = [.. new[] { int.MaxValue, 100, 99, 1 }.Select(SiteKeys.RuleVersion)];
        Assert.Equal(versions, versions.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(versions, IsNeeded);

        static bool IsNeeded(string key) => string.CompareOrdinal(key, SiteKeys.StateFrom) >= 0
            && string.CompareOrdinal(key, SiteKeys.StateTo) < 0;
    }

    /// <summary>The row as a table gives it back, with the limits of the service kept.</summary>
    static SiteChange Change(NumberSet numbers) => new([], [], numbers, NumberSet.Empty);

    static TableEntity Stored(TableEntity row)
    {
        var table = new MemoryTable();
        Assert.True(table.CommitAsync(row.PartitionKey, [new RowChange.Insert(row)], CancellationToken.None)
            is { IsCompletedSuccessfully: true, Result: CommitResult.Committed });
        return Assert.Single(table.Rows);
    }
}
