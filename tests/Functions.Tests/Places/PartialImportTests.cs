using System.Collections.Immutable;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Places;
using Telephony.Functions.Http;
using Telephony.Functions.Places;

namespace Telephony.Functions.Tests.Places;

/// <summary>What an import leaves out stays as it is, and what it says is empty goes.</summary>
public sealed class PartialImportTests(World world) : IClassFixture<World>
{
    static readonly string[] HandsetMembers =
        ["model", "vendor", "serial", "space", "deskLabel", "port", "shared"];

    [Fact]
    public async Task A_file_without_a_column_for_leases_and_rooms_leaves_them_as_they_are()
    {
        var (place, at) = await FurnishedAsync();
        var leased = new { kind = "Desk", floor = "2", label = "2.14", room = "North", leasedTo = place.Tenant };
        (await at.ChangeAsync("spaces/a", leased)).Is(200);
        const string File = "id,kind,floor,label\na,Desk,2,renamed\nb,Desk,3,2.14\nnew,Desk,2,x\n";

        var dry = (await at.ImportFileAsync("Space", File, "&dryRun=true")).Is(200);
        var done = (await at.ImportFileAsync("Space", File)).Is(200);

        Assert.Equal((1, 1, 1, 0), Counts(done));
        Assert.Equal(Counts(done), Counts(dry));
        Assert.Equal(
            ("renamed", "North", place.Tenant),
            (await SaysAsync(at, "spaces/a", "label"), await SaysAsync(at, "spaces/a", "room"),
                await SaysAsync(at, "spaces/a", "leasedTo")));
        Assert.Equal(place.Neighbour, await SaysAsync(at, "spaces/b", "leasedTo"));
        Assert.Null(await SaysAsync(at, "spaces/new", "leasedTo"));
    }

    [Fact]
    public async Task A_file_of_handsets_and_spaces_moves_them_and_an_empty_cell_unplugs_them()
    {
        var (_, at) = await FurnishedAsync();
        var path = $"handsets/{at.Phone(1)}";
        var whole = new
        {
            model = "T58", vendor = "Yealink", serial = "S1", space = "a", deskLabel = "left", port = "p-a",
            shared = true,
        };
        (await at.PutAsync(path, whole)).Is(201);

        Assert.Equal(
            (0, 1, 0, 0), Counts((await at.ImportFileAsync("Handset", $"mac,space\n{at.Phone(1)},b\n")).Is(200)));
        Assert.Equal(["T58", "Yealink", "S1", "b", "left", "p-a", "true"], await HandsetAsync(at, path));

        (await at.ImportFileAsync("Handset", $"mac,port,serial,shared\n{at.Phone(1)},,,\n")).Is(200);
        Assert.Equal(["T58", "Yealink", null, "b", "left", null, "false"], await HandsetAsync(at, path));
        Assert.Null(await SaysAsync(at, "ports/p-a", "handset"));
    }

    [Fact]
    public async Task In_JSON_null_says_that_something_goes_and_absence_nothing()
    {
        var (place, at) = await FurnishedAsync();
        (await at.ImportAsync(
            """
            {"spaces": [{"id": "a", "kind": "Desk", "floor": "2", "label": "2.15"},
              {"id": "b", "kind": "Desk", "floor": "3", "label": "2.14", "leasedTo": null}],
             "switches": [{"id": "core", "name": "SW-1"}]}
            """)).Is(200);

        Assert.Equal(place.Tenant, await SaysAsync(at, "spaces/a", "leasedTo"));
        Assert.Null(await SaysAsync(at, "spaces/b", "leasedTo"));
        Assert.Equal("4", await SaysAsync(at, "switches/core", "portCount"));
    }

    [Fact]
    public async Task An_outlet_goes_with_the_space_that_the_port_has_and_does_not_stay_without_one()
    {
        var (_, at) = await FurnishedAsync();
        (await at.ImportFileAsync("Port", "id,switch,name,outlet\np-b,core,Gi1/0/2,3N-1\n")).Is(200);
        Assert.Equal("3N-1", await SaysAsync(at, "ports/p-b", "outlet"));
        Assert.Equal("b", await SaysAsync(at, "ports/p-b", "space"));

        var alone = (await at.ImportFileAsync("Port", "id,switch,name,space\np-b,core,Gi1/0/2,\n")).Is(200);
        Assert.Equal("outlet-without-space", (string?)Assert.Single(alone.Errors)["code"]);
        Assert.Equal("b", await SaysAsync(at, "ports/p-b", "space"));

        (await at.ImportFileAsync("Port", "id,switch,name,space,outlet\np-b,core,Gi1/0/2,,\n")).Is(200);
        Assert.Null(await SaysAsync(at, "ports/p-b", "space"));
    }

    [Fact]
    public async Task Who_may_not_lease_imports_over_leased_spaces_as_long_as_it_says_nothing_of_the_lease()
    {
        var (place, at) = await FurnishedAsync();
        await place.RulesAsync(rules => rules["policies"]!["operatorUserEditsNetwork"] = true);
        var oscar = world.App.Token(Role.OperatorUser, "acme", sites: [place.Site], user: "oscar");
        var desk = """{"id": "a", "kind": "Desk", "floor": "9", "label": "2.14" """;

        (await at.ImportAsync($$"""{"spaces": [{{desk}}}]}""", token: oscar)).Is(200);
        Assert.Equal(place.Tenant, await SaysAsync(at, "spaces/a", "leasedTo"));
        Assert.Equal("9", await SaysAsync(at, "spaces/a", "floor"));
        var refused = (await at.ImportAsync($$"""{"spaces": [{{desk}}, "leasedTo": null}]}""", token: oscar)).Is(200);
        Assert.Equal("lease-not-yours", (string?)Assert.Single(refused.Errors)["code"]);
    }

    [Theory]
    [InlineData(PlaceKind.Space)]
    [InlineData(PlaceKind.Switch)]
    [InlineData(PlaceKind.Port)]
    [InlineData(PlaceKind.Handset)]
    public void Each_member_that_may_be_left_out_stays_then_and_goes_when_it_alone_is_empty(PlaceKind kind)
    {
        var (stored, line) = Sample(kind);
        var members = Json.Options.GetTypeInfo(line.GetType()).Properties;
        ImmutableHashSet<string> demanded = [.. members.Where(one => one.IsRequired).Select(one => one.Name)];
        var optional = members.Where(one => !one.IsRequired).Select(one => one.Name).ToList();
        Assert.NotEmpty(optional);

        Assert.Equal(stored, Read(demanded).Over(stored));
        foreach (var cleared in optional)
        {
            var entry = Read(demanded.Add(cleared));
            var over = entry.Over(stored);
            Assert.Equal(entry.Over(null), entry.Item);
            foreach (var member in optional)
                Assert.Equal(Value(member == cleared ? entry.Item : stored, member), Value(over, member));
            Assert.NotEqual(stored, over);
        }

        PlaceEntry Read(ImmutableHashSet<string> given) =>
            new PlaceEntries().Read(line, given, new BodyErrors())!;

        static object? Value(PlaceItem item, string member) =>
            item.GetType().GetProperty(char.ToUpperInvariant(member[0]) + member[1..])!.GetValue(item);
    }

    /// <summary>A thing with all that it can have, and a line that says only what it must.</summary>
    static (PlaceItem Stored, object Line) Sample(PlaceKind kind)
    {
        var (space, port) = (Id<Space>.Parse("a"), Id<Port>.Parse("p-a"));
        var core = Id<Switch>.Parse("core");
        return kind switch
        {
            PlaceKind.Space => (
                new Space(space, SpaceKind.Desk, "2", "North", "2.14", Id<Account>.Parse("acme")),
                new SpaceLine(space, SpaceKind.Desk, "2", "2.14")),
            PlaceKind.Switch => (new Switch(core, "SW", "C9300", "2", "North", 4), new SwitchLine(core, "SW")),
            PlaceKind.Port => (new Port(port, core, "Gi1", space, "2N-1"), new PortLine(port, core, "Gi1")),
            _ => (
                new Handset(MacAddress.Parse("001a2b3c4d5e"), "T58", "Yealink", "S1", space, "left", port, true),
                new HandsetLine("001a2b3c4d5e")),
        };
    }

    static (int, int, int, int) Counts(Answer done) => (
        (int)done.Body["created"]!, (int)done.Body["changed"]!, (int)done.Body["unchanged"]!,
        (int)done.Body["refused"]!);

    static async Task<string?> SaysAsync(Furniture at, string path, string member) =>
        (await at.GetAsync(path)).Is(200).Body[member]?.ToString();

    static async Task<IEnumerable<string?>> HandsetAsync(Furniture at, string path)
    {
        var handset = (await at.GetAsync(path)).Is(200).Body;
        return HandsetMembers.Select(member => handset[member]?.ToString());
    }

    async Task<(Place Place, Furniture At)> FurnishedAsync()
    {
        var place = await world.PlaceAsync(numbers: 0);
        var at = new Furniture(place);
        await at.FurnishAsync();
        return (place, at);
    }
}
