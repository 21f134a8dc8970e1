using CsCheck;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Functions.Storage;

namespace Telephony.Storage.Tests.Codecs;

public sealed class SlotTextTests
{
    static readonly Id<Account> Account = Id<Account>.Parse(new string('a', Id<Account>.LengthMax));

    static readonly Number Plain = new(NumberKind.Premium, NumberRole.NominatedMain)
    {
        Operation = new(Gens.Site, new string('z', 26)),
        Since = DateTimeOffset.MaxValue,
        Earmark = Account,
        Early = new(new string('y', 26), Account, DateTimeOffset.FromUnixTimeSeconds(9_999_999_999)),
        Term = 999,
        // A new life every hour and a change every five minutes for a hundred years.
        Generation = 999_999,
        Version = 99_999_999,
    };

    /// <summary>In each state the number that has most to say: one that somebody has is nobody's former one.</summary>
    static readonly IReadOnlyDictionary<NumberState, Number> LongestOf = new Dictionary<NumberState, Number>
    {
        [NumberState.Staged] = Plain,
        [NumberState.PortingIn] = Plain,
        [NumberState.Available] = Plain,
        [NumberState.Held] = Plain with { Account = Account, Until = DateTimeOffset.MaxValue },
        [NumberState.Reserved] = Allocated,
        [NumberState.Activating] = Allocated,
        [NumberState.Active] = Allocated with { IsAssigned = true, Handovers = 9_999 },
        [NumberState.Deactivating] = Allocated with { Handovers = 9_999 },
        [NumberState.Cooldown] = Resting,
        [NumberState.Blocked] = Resting with { Before = NumberState.Cooldown, Until = DateTimeOffset.MaxValue },
        [NumberState.PortingOut] = Allocated with { Before = NumberState.Reserved, Handovers = 9_999 },
        [NumberState.Retired] = Plain,
    };

    /// <summary>The number with the most to say of all.</summary>
    public static readonly Number Longest = LongestOf[NumberState.Blocked] with { State = NumberState.Blocked };

    [Fact]
    public void What_a_number_says_read_back_is_the_number() => Gens.Numbers.Sample(number =>
        Assert.Equal(number, SlotText.Read(SlotText.Write(number), Lettered(number))), iter: 2_000);

    [Fact]
    public void A_number_as_it_was_provisioned_is_silent() =>
        Assert.Equal("", SlotText.Write(new(NumberKind.Premium, NumberRole.NominatedMain)));

    [Fact]
    public void The_longest_text_of_every_state_keeps_the_limit()
    {
        Assert.Equal(Enum.GetValues<NumberState>(), LongestOf.Keys.Order());
        Assert.All(LongestOf.Values, number => Assert.InRange(
            SlotText.Write(number).Length, SlotText.Write(Plain).Length, SlotText.Write(Longest).Length));
        Assert.InRange(SlotText.Write(Longest).Length, 360, SlotText.LengthMax);
    }

    [Fact]
    public void No_text_is_longer_than_that_of_the_longest_for_its_state() => Gens.Numbers.Sample(number =>
    {
        var fits = number with
        {
            Account = LongestOf[number.State].Account is null ? null : number.Account,
            Former = LongestOf[number.State].Former is null ? null : number.Former,
            Until = LongestOf[number.State].Until is null ? null : number.Until,
            RestsUntil = LongestOf[number.State].RestsUntil is null ? null : number.RestsUntil,
            Before = LongestOf[number.State].Before is null ? null : number.Before,
            Source = LongestOf[number.State].Source is null ? null : number.Source,
            EverActive = LongestOf[number.State].EverActive && number.EverActive,
            EverMain = LongestOf[number.State].EverMain && number.EverMain,
            IsAssigned = LongestOf[number.State].IsAssigned && number.IsAssigned,
            Handovers = LongestOf[number.State].Handovers > 0 ? number.Handovers : 0,
        };

        Assert.InRange(SlotText.Write(fits).Length, 0, SlotText.Write(LongestOf[number.State]).Length);
    }, iter: 2_000);

    [Fact]
    public void A_time_keeps_its_last_tick_and_reads_as_utc()
    {
        var since = new DateTimeOffset(2026, 3, 29, 2, 30, 0, TimeSpan.FromHours(2)).AddTicks(1);

        var text = SlotText.Write(new() { Since = since });

        Assert.Equal("t=2026-03-29T00:30:00.0000001Z", text);
        var read = SlotText.Read(text, new()).Since!.Value;
        Assert.Equal((since, TimeSpan.Zero), (read, read.Offset));
    }

    [Fact]
    public void Fields_that_a_newer_version_wrote_are_passed_over() => Gens.Numbers.Sample(number => Assert.Equal(
        number, SlotText.Read($"j=2026-01-01T00:00:00Z;{SlotText.Write(number)};z=;q=a=b", Lettered(number))),
        iter: 200);

    [Fact]
    public void A_source_that_nobody_knows_is_an_error_that_names_it()
    {
        var e = Assert.Throws<FormatException>(() => SlotText.Read("s=?", new()));

        Assert.Contains("'?' stands for no NumberSource", e.Message, StringComparison.Ordinal);
    }

    static Number Allocated => Plain with
    {
        Account = Account, Source = NumberSource.ByService, EverActive = true, EverMain = true,
    };

    static Number Resting => Plain with
    {
        Former = Account,
        Source = NumberSource.ByService,
        EverActive = true,
        EverMain = true,
        RestsUntil = DateTimeOffset.MaxValue,
    };

    /// <summary>What the letters of a block's row say of a number.</summary>
    static Number Lettered(Number number) => new(number.Kind, number.Role) { State = number.State };
}
