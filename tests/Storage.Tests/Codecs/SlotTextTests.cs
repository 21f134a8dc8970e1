using CsCheck;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Functions.Storage;

namespace Telephony.Storage.Tests.Codecs;

public sealed class SlotTextTests
{
    static readonly Id<Account> Account = Id<Account>.Parse(new string('a', Id<Account>.LengthMax));

    /// <summary>A number with the most to say.</summary>
    public static readonly Number Longest = new(NumberKind.Premium, NumberRole.NominatedMain)
    {
        State = NumberState.Reserved,
        Account = Account,
        Source = NumberSource.ByService,
        Operation = new(Gens.Site, new string('z', 26)),
        Since = DateTimeOffset.MaxValue,
        Earmark = Account,
        Generation = int.MaxValue,
        Version = int.MaxValue,
    };

    [Fact]
    public void What_a_number_says_read_back_is_the_number() => Gens.Numbers.Sample(number =>
        Assert.Equal(number, SlotText.Read(SlotText.Write(number), Lettered(number))), iter: 2_000);

    [Fact]
    public void A_number_as_it_was_provisioned_is_silent() =>
        Assert.Equal("", SlotText.Write(new(NumberKind.Premium, NumberRole.NominatedMain)));

    [Fact]
    public void The_longest_text_keeps_the_limit() =>
        Assert.InRange(SlotText.Write(Longest).Length, 200, SlotText.LengthMax);

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
        number, SlotText.Read($"k=2026-01-01T00:00:00Z;{SlotText.Write(number)};z=;y=a=b", Lettered(number))),
        iter: 200);

    [Fact]
    public void A_source_that_nobody_knows_is_an_error_that_names_it()
    {
        var e = Assert.Throws<FormatException>(() => SlotText.Read("s=?", new()));

        Assert.Contains("'?' stands for no NumberSource", e.Message, StringComparison.Ordinal);
    }

    /// <summary>What the letters of a block's row say of a number.</summary>
    static Number Lettered(Number number) => new(number.Kind, number.Role) { State = number.State };
}
