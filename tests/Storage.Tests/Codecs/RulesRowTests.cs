using Azure.Data.Tables;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Rules;
using Telephony.Functions.Storage;
using Telephony.Testing;

namespace Telephony.Storage.Tests.Codecs;

/// <summary>Rules as text: what is written today is read for years, and what was written once is still read.</summary>
public sealed class RulesRowTests
{
    /// <summary>A version as it is stored. Whoever changes this text has to read the old one, too.</summary>
    const string Stored = """
        {"Rules":{"Version":4,"ManagedByPlatform":false,"OnBehalfAllowed":false,"Services":
        [{"Code":"fax","Name":"Fäx \"1\"","NumbersPerUnit":2,"Extra":3,"NeedsMain":false},
        {"Code":"voice","Name":"Voice","NumbersPerUnit":1,"Extra":0,"NeedsMain":true}],
        "AutoAllocate":false,"AutoActivateAfterAuto":false,"OnNoNominatedMain":"Fail","Contiguity":"Required",
        "NearExisting":false,
        "PremiumPatterns":{"Repeats":true,"Steps":false,"Mirrors":true},"KeepForOperator":5,"MaxPerAccount":70,
        "AllOrNothing":false,"MainNomination":"OperatorAllowed","MainActivation":"OnRequest",
        "DirectActivation":"PlatformConfirms",
        "ActivationReminderHours":5,"ActivationDeadlineDays":6,"EarlyMessageDays":8,"HoldMaxDays":30,
        "ReservedIdleWarnDays":31,"CooldownDays":32,"CooldownDaysMain":33,
        "CooldownTreatment":{"Kind":"Forward","ForwardTo":"+442079460000"},
        "LowWaterPercent":34,"LowWaterCount":35,"CriticalPercent":12,
        "Policies":{"OperatorAdminEditsRules":true,"OperatorUserAllocates":false,
        "OperatorUserAssignsServices":true,"OperatorUserRequestsSpecial":false,
        "OperatorUserConfiguresMain":false,"OperatorUserEditsNetwork":false,"OccupierAdminAssigns":false,
        "OccupierAdminEditsSettings":false,"OccupierUserEditsOwnSettings":false,"OccupierEditsCallerId":false,
        "OperatorUserActivates":false}},
        "EffectiveFrom":"2026-04-01T08:00:00+00:00"}
        """;

    static readonly DateTimeOffset From = new(2026, 4, 1, 8, 0, 0, TimeSpan.Zero);

    static readonly RuleVersion Full = new(
        new()
        {
            Version = 4,
            ManagedByPlatform = false,
            OnBehalfAllowed = false,
            Services = [new("fax", "Fäx \"1\"", 2, 3, NeedsMain: false), new("voice", "Voice")],
            AutoAllocate = false,
            AutoActivateAfterAuto = false,
            OnNoNominatedMain = MissingMain.Fail,
            Contiguity = Contiguity.Required,
            NearExisting = false,
            PremiumPatterns = new(Steps: false),
            KeepForOperator = 5,
            MaxPerAccount = 70,
            AllOrNothing = false,
            MainNomination = MainNomination.OperatorAllowed,
            MainActivation = MainActivation.OnRequest,
            DirectActivation = DirectActivation.PlatformConfirms,
            ActivationReminderHours = 5,
            ActivationDeadlineDays = 6,
            EarlyMessageDays = 8,
            HoldMaxDays = 30,
            ReservedIdleWarnDays = 31,
            CooldownDays = 32,
            CooldownDaysMain = 33,
            CooldownTreatment = new(CooldownTreatmentKind.Forward, "+442079460000"),
            LowWaterPercent = 34,
            LowWaterCount = 35,
            CriticalPercent = 12,
            Policies = new(OperatorAdminEditsRules: true, OperatorUserAssignsServices: true),
        },
        From);

    [Fact]
    public void A_version_is_written_as_this_text_and_no_other()
    {
        Assert.Equal(Stored.ReplaceLineEndings(""), RulesRow.Text(Full));
        AssertSame(Full, RulesRow.Version(Stored));
    }

    [Fact]
    public void A_row_from_before_rules_could_be_scheduled_is_read()
    {
        var row = new TableEntity(Gens.Site.Value, SiteKeys.Rules)
        {
            ["Version"] = 7,
            ["Json"] = """
                {"Version":7,"ManagedByPlatform":false,"OnBehalfAllowed":true,"Services":[{"Code":"fax","Name":"Fax",
                "NumbersPerUnit":2,"Extra":3}],"Policies":{"OperatorUserAllocates":true}}
                """,
        };

        var only = Assert.Single(RulesRow.Read(Kept(row)).Versions);
        AssertSame(
            new(
                new()
                {
                    Version = 7,
                    ManagedByPlatform = false,
                    Services = [new("fax", "Fax", 2, 3)],
                    Policies = new(OperatorUserAllocates: true),
                },
                DateTimeOffset.MinValue),
            only);
    }

    [Fact]
    public void A_book_read_back_is_the_book()
    {
        var book = new RuleBook(
            [new(new() { Version = 9 }, From.AddDays(-1)), Full with { Rules = Full.Rules with { Version = 10 } }]);

        var read = RulesRow.Read(Kept(RulesRow.Write(Gens.Site, book)));

        Assert.Equal([9, 10], read.Versions.Select(version => version.Rules.Version));
        AssertSame(book.Versions[0], read.Versions[0]);
        AssertSame(book.Last, read.Last);
        Assert.Same(RuleBook.Default, RulesRow.Read(null));
    }

    [Fact]
    public void What_a_newer_app_added_is_passed_over_and_what_an_older_one_did_not_know_has_its_default()
    {
        var read = RulesRow.Version("""
            {"Rules":{"Version":2,"ManagedByPlatform":false,"SomethingNewer":[1],"Policies":{"Newer":true},
            "PremiumPatterns":{"Mirrors":false},"Services":[{"Code":"a","Name":"A","Newer":{}}]},"Newer":1,
            "EffectiveFrom":"2026-04-01T08:00:00+00:00"}
            """);

        AssertSame(
            new(
                new()
                {
                    Version = 2, ManagedByPlatform = false, Services = [new("a", "A")],
                    PremiumPatterns = new(Mirrors: false),
                },
                From),
            read);
        Assert.Equal<ServiceRule>(
            SiteRules.Default.Services,
            RulesRow.Version("""{"Rules":{"Version":1},"EffectiveFrom":"2026-04-01T08:00:00Z"}""").Rules.Services);
    }

    [Fact]
    public void A_choice_that_this_app_does_not_know_is_a_fault_and_not_another_choice() =>
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => RulesRow.Version(
            Stored.Replace("\"Required\"", "\"Diagonal\"", StringComparison.Ordinal)));

    [Fact]
    public void As_many_versions_as_there_may_be_of_the_longest_rules_fit_the_row()
    {
        // A character outside the basic plane is the longest: twelve characters of JSON for two.
        var name = string.Concat(Enumerable.Repeat("😀", 40));
        var rules = Full.Rules with
        {
            Services = [.. Enumerable.Range(10, 50).Select(i => new ServiceRule($"{new string('s', 38)}{i}", name, 100,
                1_000, false))],
            KeepForOperator = 10_000,
            MaxPerAccount = 10_000,
        };
        var book = new RuleBook(
        [
            .. Enumerable.Range(0, RuleBook.ScheduledMax + 1).Select(i =>
                new RuleVersion(rules with { Version = int.MaxValue - 20 + i }, From.AddTicks(i + 1))),
        ]);

        Assert.Equal(
            book.Last.Rules.Services[49], RulesRow.Read(Kept(RulesRow.Write(Gens.Site, book))).Last.Rules.Services[49]);
    }

    [Fact]
    public void A_version_as_it_was_written_is_read_back_with_who_and_when_and_what()
    {
        var written = new WrittenRules(
            Full, new("ann", Role.Platform, Id<Operator>.Parse("acme")),
            From.AddDays(-2), 3, ["keepForOperator", "services.fax"]);

        var row = Kept(RuleVersionRow.Write(Gens.Site, written));
        var read = RuleVersionRow.Read(row);

        AssertSame(written.Version, read.Version);
        Assert.Equal((written.Writer, written.WrittenAt, 3), (read.Writer, read.WrittenAt, read.Follows));
        Assert.Equal(written.Changed, read.Changed);
        Assert.Null(read.ReplacedBy);
        Assert.Equal(7, RuleVersionRow.Replaced(row, 7).GetInt32("ReplacedBy"));
    }

    static void AssertSame(RuleVersion expected, RuleVersion actual)
    {
        Assert.Equal(expected.Rules.Version, actual.Rules.Version);
        Assert.Equal(expected.EffectiveFrom, actual.EffectiveFrom);
        Assert.Empty(RuleFields.Changed(expected.Rules, actual.Rules));
    }

    /// <summary>The row as a table gives it back, with the limits of the service kept.</summary>
    static TableEntity Kept(TableEntity row)
    {
        var table = new MemoryTable();
        Assert.True(table.CommitAsync(row.PartitionKey, [new RowChange.Insert(row)], CancellationToken.None)
            is { IsCompletedSuccessfully: true, Result: CommitResult.Committed });
        return Assert.Single(table.Rows);
    }
}
