using CsCheck;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Settings;
using Telephony.Functions.Storage;

namespace Telephony.Storage.Tests.Codecs;

public sealed class SettingsRowTests
{
    static readonly Id<Site> Site = Id<Site>.Parse("london");
    static readonly E164 Id = E164.Parse("+442079460000");
    static readonly Number Active = new() { State = NumberState.Active, Term = 2 };

    static readonly Gen<E164> AnyNumber = Gen.Long[1_000_000, 999_999_999_999_999].Select(E164.FromDigits);

    static readonly Gen<Forward> AnyForward = Gen.Select(Gen.Bool, AnyNumber, Gen.Bool, (on, number, has) =>
        new Forward(on, has ? number : null));

    static readonly Gen<NumberSettings> Any = Gen.Select(
        AnyForward, AnyForward, AnyNumber.Array[0, 10], Gen.Enum<ShownNumber>(), Gen.String.Null(), Gen.Bool,
        Gen.Int[1, 24], (one, other, numbers, show, text, flag, count) => new NumberSettings
        {
            Label = text,
            Voicemail = new(flag, text, count),
            Forwarding = new(one, other, other, count, one),
            DoNotDisturb = new(flag, !flag),
            CallWaiting = new(flag),
            CallerId = new(show, one.Number),
            SimultaneousRing = new([.. numbers], flag),
            Screening = new(
                [.. numbers.Select(number => new ScreeningRule(CallerPattern.Of(number), ScreeningAction.Reject))],
                flag),
            AuthorizationCode = new(flag),
            OutgoingPermissions = new(Mobile: flag, Premium: !flag),
            HotDesk = new(flag, count),
            Intercept = new(flag, text),
        });

    [Fact]
    public void Settings_come_back_as_they_were_written() => Any.Sample(settings =>
    {
        var row = Write(settings);

        var read = SettingsRow.Read(row, Active);

        Assert.Equal((settings, true), (read.Settings, read.WasSet));
        Assert.Equal(Id, SiteKeys.Settings(row.RowKey));
        Assert.InRange(row.GetString("Settings").Length, 2, TableLimits.TextMax);
    }, iter: 1_000);

    [Fact]
    public void What_nobody_set_takes_no_room_and_what_a_newer_version_wrote_is_passed_over()
    {
        Assert.Equal("{}", Write(NumberSettings.Default).GetString("Settings"));
        Assert.Equal(
            "{\"label\":\"A\"}", Write(NumberSettings.Default with { Label = "A" }).GetString("Settings"));
        Assert.Equal(
            NumberSettings.Default with { HotDesk = new(Allow: true) },
            SettingsRow.Parse("{\"hotDesk\":{\"allow\":true,\"later\":1},\"other\":{}}"));
    }

    [Theory]
    [InlineData(NumberState.Active, 2, true)]
    [InlineData(NumberState.Deactivating, 2, true)]
    [InlineData(NumberState.Active, 3, false)]
    [InlineData(NumberState.Reserved, 2, false)]
    [InlineData(NumberState.Cooldown, 2, false)]
    public void A_row_holds_in_the_term_in_which_it_was_written(NumberState state, int term, bool holds)
    {
        var row = Write(NumberSettings.Default with { Label = "A" });

        var read = SettingsRow.Read(row, new() { State = state, Term = term });

        Assert.Equal((holds, holds ? "A" : null), (read.WasSet, read.Settings.Label));
        Assert.Equal(row.ETag, read.Row);
    }

    [Fact]
    public void After_a_handover_only_what_the_operator_says_of_the_number_is_left() => Any.Sample(settings =>
    {
        var read = SettingsRow.Read(Write(settings), Active with { Handovers = 1 });

        Assert.False(read.WasSet);
        Assert.Equal(
            NumberSettings.Default with
            {
                AuthorizationCode = settings.AuthorizationCode,
                OutgoingPermissions = settings.OutgoingPermissions,
                Intercept = settings.Intercept,
            },
            read.Settings);
    }, iter: 100);

    static Azure.Data.Tables.TableEntity Write(NumberSettings settings) =>
        SettingsRow.Write(Site, Id, SettingsRow.Read(null, Active), settings).Row;
}
