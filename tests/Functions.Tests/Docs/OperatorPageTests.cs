using Telephony.Domain.Lines;
using Telephony.Domain.Places;
using Telephony.Domain.Pool;
using Telephony.Functions.Assignment;
using Telephony.Functions.Places;
using Telephony.Testing;

namespace Telephony.Functions.Tests.Docs;

/// <summary>Who is refused finds on docs/operator.md what the code means.</summary>
public sealed class OperatorPageTests
{
    static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operator.md"));

    [Fact]
    public void Every_code_of_assignments_is_explained()
    {
        var section = Section("### What is in the way of an assignment");
        Assert.All(Enum.GetValues<LineRefusal>(), reason => Assert.Contains(
            $"`{LineRefusals.Error(new Refusal.OfLine(null, reason)).Code}`", section, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_code_of_desks_ports_and_handsets_is_explained()
    {
        var mac = MacAddress.Parse("00:1a:2b:3c:4d:5e");
        PlaceRefusal[] refusals =
        [
            .. Enum.GetValues<PlaceKind>().Where(kind => kind is not PlaceKind.Handset)
                .Select(kind => new PlaceRefusal.Missing("space", new(kind, "one"))),
            new PlaceRefusal.PortTaken("port", mac), new PlaceRefusal.SwitchFull("switch", 1),
            new PlaceRefusal.FewerPorts(1), new PlaceRefusal.LeaseNotTheirs(null),
            new PlaceRefusal.TooMany(PlaceKind.Port, 1), new PlaceRefusal.NumbersRing("space", 1),
            new PlaceRefusal.InUse(new(PlaceKind.Port, "one"), Uses.None), new PlaceRefusal.Elsewhere(mac),
            new PlaceRefusal.OutletNowhere(),
        ];

        Assert.Equal(
            typeof(PlaceRefusal).GetNestedTypes().Select(type => type.Name).Order(),
            refusals.Select(refusal => refusal.GetType().Name).Distinct().Order());
        var section = Section("## Desks, ports and handsets");
        Assert.All(refusals, refusal => Assert.Contains(
            $"`{PlaceProblems.Error(refusal).Code}`", section, StringComparison.Ordinal));
    }

    /// <summary>From a heading to the next one.</summary>
    static string Section(string heading)
    {
        var from = Page.IndexOf($"\n{heading}\n", StringComparison.Ordinal);
        return Page[from..Page.IndexOf("\n#", from + 2, StringComparison.Ordinal)];
    }
}
