using Telephony.Functions.Places;
using Telephony.Functions.Tests.OpenApi;

namespace Telephony.Functions.Tests.Places;

/// <summary>
/// Many things at once: good rows go in, bad ones are named by row and column, and a repeat is harmless.
/// </summary>
public sealed class PlaceImportTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Good_rows_go_in_and_bad_ones_are_named_by_row_and_column()
    {
        var (place, at) = await FurnishedAsync();
        var file = $"""
            mac,model,space,port,shared
            {at.Spelled(1).ToUpperInvariant()},T58,a,p-a,TRUE
            {at.Phone(2)},T58,nowhere,,false
            {at.Phone(3)},T58,b,p-a,
            00:00:00:00:00:00,T58,,,
            {at.Phone(1)},T58,,,
            {at.Phone(4)},T58,B,,
            {at.Phone(5)},T58,,,maybe
            {at.Phone(6)},T58
            {at.Phone(7)},,sofa,p-b,
            """;
        var before = place.Rows;
        var dry = (await at.ImportFileAsync("Handset", file, "&dryRun=true")).Is(200);
        Assert.Equal(before, place.Rows);

        var done = (await at.ImportFileAsync("Handset", file)).Is(200);
        Assert.Equal((9, 2, 0, 0, 7), Counts(done));
        Assert.Equal(
            [
                (3, "space", "unknown-space"), (4, "port", "port-taken"), (5, "mac", "bad-mac"),
                (6, "mac", "named-twice"), (7, "space", "bad-json"), (8, "shared", "bad-json"),
                (9, null, "wrong-column-count"),
            ],
            done.Errors.Select(error =>
                ((int)error["row"]!, (string?)error["field"], (string)error["code"]!)));
        Assert.Equal(
            done.Body["errors"]!.ToJsonString(), dry.Body["errors"]!.ToJsonString());
        Assert.Equal(Counts(done), Counts(dry));
        Assert.Equal([at.Spelled(1), at.Spelled(7)], await at.NamesAsync("handsets"));

        var rows = Furniture.Of(place.Rows);
        Assert.Equal((9, 0, 0, 2, 7), Counts((await at.ImportFileAsync("Handset", file)).Is(200)));
        Assert.Equal(rows, Furniture.Of(place.Rows));
    }

    [Fact]
    public async Task Good_entries_of_a_body_go_in_and_bad_ones_are_named_by_where_they_stand()
    {
        var (_, at) = await FurnishedAsync();
        var body = $$"""
            {
              "spaces": [{"id": "x", "kind": "Desk", "floor": " ", "label": "x"}, {"id": "y", "kind": "Desk"}],
              "handsets": [
                {"mac": "{{at.Phone(1)}}", "space": "a"}, {"mac": "00:00:00:00:00:00"},
                {"mac": "{{at.Phone(2)}}", "shared": "maybe"}, {"mac": "{{at.Phone(3)}}", "colour": "red"},
                {"mac": "{{at.Phone(1)}}"}, {"mac": "{{at.Phone(4)}}", "space": "nowhere"}
              ]
            }
            """;

        var done = (await at.ImportAsync(body)).Is(200);

        Assert.Equal((8, 1, 0, 0, 7), Counts(done));
        Assert.Equal(
            [
                ("spaces[0].floor", "bad-text"), ("spaces[1]", "bad-json"), ("handsets[1].mac", "bad-mac"),
                ("handsets[2].shared", "bad-json"), ("handsets[3].colour", "unknown-member"),
                ("handsets[4].mac", "named-twice"), ("handsets[5].space", "unknown-space"),
            ],
            done.Errors.Select(error => ((string)error["field"]!, (string)error["code"]!)));
        Assert.Equal([at.Spelled(1)], await at.NamesAsync("handsets"));
    }

    [Fact]
    public async Task JSON_brings_things_that_stand_on_each_other_and_changes_those_that_are_there()
    {
        var (place, at) = await FurnishedAsync();
        var body = new
        {
            handsets = Enumerable.Range(0, 15).Select(n => new { mac = at.Phone(n), space = $"d{n}", port = $"p{n}" }),
            ports = Enumerable.Range(0, 45)
                .Select(n => new { id = $"p{n}", @switch = "big", name = $"{n}", space = $"d{n}" }),
            switches = new[] { new { id = "big", name = "SW-BIG" } },
            spaces = Enumerable.Range(0, 150)
                .Select(n => new { id = $"d{n}", kind = "Desk", floor = "5", label = $"{n}" })
                .Append(new { id = "a", kind = "Desk", floor = "2", label = "renamed" }),
        };

        var done = (await at.ImportAsync(body)).Is(200);

        Assert.Equal((212, 211, 1, 0, 0), Counts(done));
        Assert.Equal("renamed", (string?)(await at.GetAsync("spaces/a")).Body["label"]);
        Assert.Empty(Furniture.Missing(await at.GetAsync($"handsets/{at.Phone(14)}")));
        Assert.Equal(45, (int?)(await at.GetAsync("switches/big")).Body["ports"]);
        var rows = Furniture.Of(place.Rows);
        Assert.Equal((212, 0, 0, 212, 0), Counts((await at.ImportAsync(body)).Is(200)));
        Assert.Equal(rows, Furniture.Of(place.Rows));
    }

    [Fact]
    public async Task A_handset_of_another_site_is_named_and_leaves_its_port_to_the_next_one()
    {
        var (_, at) = await FurnishedAsync();
        var rival = new Furniture(await world.PlaceAsync(0, "rival"));
        (await rival.PutAsync($"handsets/{at.Phone(1)}", new { })).Is(201);
        var body = new { handsets = new[] { 1, 2 }.Select(n => new { mac = at.Phone(n), port = "p-a" }) };

        var dry = (await at.ImportAsync(body, "?dryRun=true")).Is(200);
        var done = (await at.ImportAsync(body)).Is(200);

        Assert.Equal((2, 1, 0, 0, 1), Counts(done));
        Assert.Equal(Counts(done), Counts(dry));
        Assert.Equal(["handsets[0].mac"], done.Fields);
        Assert.Equal(at.Spelled(2), (string?)(await at.GetAsync("ports/p-a")).Body["handset"]);
    }

    [Fact]
    public async Task A_lease_to_an_account_that_is_not_at_the_site_is_named()
    {
        var (place, at) = await FurnishedAsync();
        var done = (await at.ImportFileAsync("Space", $"""
            id,kind,floor,label,leasedTo
            x,Desk,2,x,{place.Stranger}
            y,Desk,2,y,nobody
            z,Desk,2,z,{place.Tenant}
            """)).Is(200);

        Assert.Equal((3, 1, 0, 0, 2), Counts(done));
        Assert.Equal(
            [(2, "leasedTo", "account-not-at-site"), (3, "leasedTo", "unknown-account")],
            done.Errors.Select(error =>
                ((int)error["row"]!, (string?)error["field"], (string)error["code"]!)));
    }

    [Fact]
    public async Task Bodies_and_files_that_cannot_be_read_are_refused_whole()
    {
        var (place, at) = await FurnishedAsync();
        var before = place.Rows;
        (await at.ImportAsync(new { })).IsProblem(400, "invalid");
        (await at.ImportAsync(new { spaces = Array.Empty<object>() })).IsProblem(400, "invalid");
        (await at.ImportAsync("""{"handsets":[null]}""")).IsProblem(400, "bad-json");
        (await at.ImportAsync("""{"handsets":[{"mac":"02"},"02"]}""")).IsProblem(400, "bad-json");
        (await at.ImportAsync("""{"phones":[]}""")).IsProblem(400, "unknown-member");
        (await at.ImportAsync(new { handsets = new[] { new { mac = at.Phone(1) } } }, "?kind=Handset"))
            .IsProblem(400, "bad-parameter");
        (await at.ImportFileAsync("Handset", "model\nT58")).IsProblem(400, "bad-csv");
        (await at.ImportFileAsync("Handset", "mac,colour\n1,2")).IsProblem(400, "bad-csv");
        (await at.ImportFileAsync("Handset", "mac;model\n1;2")).IsProblem(400, "bad-csv");
        var empty = await at.ImportFileAsync("Handset", "mac,model\n,\n");
        empty.IsProblem(400, "bad-csv");
        Assert.Equal((2, "no-rows"), ((int)empty.Errors[0]["row"]!, (string?)empty.Errors[0]["code"]));
        (await at.ImportFileAsync("handsets", "mac\n1")).IsProblem(400, "bad-parameter");
        (await at.ImportFileAsync("Handset", "mac\n" + string.Concat(Enumerable.Range(0, PostPlaceImport.RowsMax + 1)
            .Select(n => $"02ffff{n:x6}\n")))).IsProblem(400, "bad-csv");
        Assert.Equal(before, place.Rows);
    }

    [Fact]
    public async Task The_file_that_the_APIs_description_shows_can_be_read()
    {
        var (_, at) = await FurnishedAsync();
        var dry = (await at.ImportFileAsync("Handset", CsvText.PlacesExample, "&dryRun=true")).Is(200);
        Assert.Equal((2, 1, 0, 0, 1), Counts(dry));
    }

    static (int, int, int, int, int) Counts(Answer done) => (
        (int)done.Body["count"]!, (int)done.Body["created"]!, (int)done.Body["changed"]!,
        (int)done.Body["unchanged"]!, (int)done.Body["refused"]!);

    async Task<(Place Place, Furniture At)> FurnishedAsync()
    {
        var place = await world.PlaceAsync(numbers: 0);
        var at = new Furniture(place);
        await at.FurnishAsync();
        return (place, at);
    }
}
