using Telephony.Domain.Access;
using Telephony.Functions.Messaging;

namespace Telephony.Functions.Tests.Assignment;

/// <summary>A number goes to a user and a handset at a desk, over HTTP.</summary>
public sealed class AssignmentTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_starter_gets_a_number_and_a_handset_and_emergency_services_know_where()
    {
        var place = await world.PlaceAsync();
        var desks = await Desks.AtAsync(place);

        var ended = await desks.AssignAsync(0, new { user = desks.Ada, handset = desks.Furniture.Phone(1) }, key: "k");
        Assert.Equal("Succeeded", (string?)ended["state"]);
        Assert.Equal(1, (int)ended["wantedCount"]!);

        var line = (await desks.ReadAsync(0)).Is(200);
        Assert.Equal((desks.Ada, desks.Furniture.Spelled(1), place.Tenant), (
            (string?)line.Body["user"], (string?)line.Body["handset"], (string?)line.Body["account"]));
        Assert.Equal("1 High Street, floor 2", (string?)line.Body["emergency"]!["location"]);
        Assert.Equal(place.Number(0), (string?)line.Body["emergency"]!["callback"]);
        Assert.True((await place.StoredAsync(place.Number(0))).IsAssigned);
        Assert.Equal((string?)ended["id"], (await desks.PutAsync(
            0, new { user = desks.Ada, handset = desks.Furniture.Phone(1) }, key: "k")).Is(202).Id);
        (await desks.PutAsync(0, new { user = desks.Amir }, key: "k")).IsProblem(422, "idempotency-key-reused");

        var entry = (await place.App.GetAsync($"{desks.One(0)}/history", place.Admin)).Is(200).Items[0];
        Assert.Equal("number.assigned", (string?)entry!["event"]);
        Assert.Contains(
            entry["changes"]!.AsArray(),
            change => (string?)change!["field"] == "user" && (string?)change["after"] == desks.Ada);
        Assert.Contains(
            place.App.Bus.To(EntityNames.Events),
            message => message.Subject == "number.assigned" && message.CorrelationId == (string?)ended["id"]);
    }

    [Fact]
    public async Task What_is_in_the_way_is_named_by_its_field_and_nothing_changes()
    {
        var place = await world.PlaceAsync();
        var desks = await Desks.AtAsync(place);
        await desks.AssignAsync(1, new { user = desks.Ada, handset = desks.Furniture.Phone(1) });
        var before = place.Rows;

        await Refused("handset-busy", "handset", 0, new { handset = desks.Furniture.Phone(1) });
        await Refused("space-of-another", "space", 0, new { handset = desks.Furniture.Phone(2) });
        await Refused("handset-nowhere", "handset", 0, new { handset = desks.Furniture.Phone(4) });
        await Refused("unknown-handset", "handset", 0, new { handset = "02ffffffffff" });
        await Refused("unknown-user", "user", 0, new { user = "nobody" });
        await Refused("user-of-another", "user", 0, new { user = desks.Thea });
        await Refused("unknown-space", "space", 0, new { space = "nowhere" });
        await Refused("nothing-named", "user", 0, new { });
        (await desks.PutAsync(0, new { handset = "zz" })).IsProblem(400, "invalid");
        (await desks.PutAsync(6, new { user = desks.Ada })).IsProblem(409, "numbers-refused");
        (await desks.PutAsync(99, new { user = desks.Ada })).IsProblem(404, "not-found");
        (await desks.PutAsync(1, new { user = desks.Amir })).IsProblem(412, "precondition-failed");
        (await desks.PutAsync(0, new { user = desks.Ada }, match: "\"Vy8\"")).IsProblem(412, "precondition-failed");
        Assert.Equal(before, place.Rows);

        async Task Refused(string code, string field, int number, object to)
        {
            var answer = await desks.PutAsync(number, to);
            answer.IsProblem(409, "assignment-refused");
            var error = Assert.Single(answer.Body["errors"]!.AsArray())!;
            Assert.Equal((code, field), ((string?)error["code"], (string?)error["field"]));
            Assert.NotNull((string?)error["wayOut"]);
        }
    }

    [Fact]
    public async Task A_mover_takes_the_number_along_and_a_leaver_leaves_it()
    {
        var place = await world.PlaceAsync();
        var desks = await Desks.AtAsync(place);
        await desks.AssignAsync(0, new { user = desks.Ada, handset = desks.Furniture.Phone(1) });
        var seen = (await desks.ReadAsync(0)).ETag!;

        Assert.Equal("Succeeded", (string?)(await desks.AssignAsync(
            0, new { user = desks.Ada, handset = desks.Furniture.Phone(3) }, seen))["state"]);
        Assert.Equal(desks.Furniture.Spelled(3), (string?)(await desks.ReadAsync(0)).Body["handset"]);
        (await desks.DeleteAsync(0, seen)).IsProblem(412, "precondition-failed");

        var left = (await desks.DeleteAsync(0, (await desks.ReadAsync(0)).ETag!, key: "leaves")).Is(200);
        (await desks.ReadAsync(0)).IsProblem(404, "not-found");
        Assert.Equal(left.Id, (await desks.DeleteAsync(0, seen, key: "leaves")).Is(200).Id);
        Assert.False((await place.StoredAsync(place.Number(0))).IsAssigned);
        Assert.True((bool)(await desks.Furniture.GetAsync($"handsets/{desks.Furniture.Phone(3)}")).Body["free"]!);
    }

    [Fact]
    public async Task A_user_with_numbers_is_not_removed_until_they_are_taken_back()
    {
        var place = await world.PlaceAsync();
        var desks = await Desks.AtAsync(place);
        await desks.AssignAsync(0, new { user = desks.Ada });

        var path = $"accounts/{place.Tenant}/users/{desks.Ada}";
        var user = (await place.App.GetAsync(path, place.Admin)).ETag!;
        var refused = await RemoveAsync(path, user);
        refused.IsProblem(409, "user-has-numbers");
        Assert.Equal(place.Number(0), (string?)refused.Body["errors"]![0]!["number"]);

        await desks.DeleteAsync(0, (await desks.ReadAsync(0)).ETag!);
        (await RemoveAsync(path, user)).Is(204);

        Task<Answer> RemoveAsync(string what, string match) => place.App.SendAsync(
            HttpMethod.Delete, what, place.Admin,
            request => request.Headers.TryAddWithoutValidation("If-Match", match));
    }

    [Fact]
    public async Task Many_are_assigned_at_once_each_by_itself_and_a_retry_does_the_rest()
    {
        var place = await world.PlaceAsync();
        var desks = await Desks.AtAsync(place);
        object[] wishes =
        [
            new { number = place.Number(0), user = desks.Ada, handset = desks.Furniture.Phone(1) },
            new { number = place.Number(1), handset = desks.Furniture.Phone(1) },
            new { number = place.Number(2), handset = desks.Furniture.Phone(4) },
            new { number = place.Number(3), space = "sofa" },
            new { number = place.Number(6), user = desks.Ada },
        ];

        var accepted = (await place.App.PostAsync(
            $"{desks.Base}/assignments", place.Admin, new { assignments = wishes })).Is(202);
        var ended = await desks.EndAsync(accepted);

        Assert.Equal(("Partial", 2, 5, 3), (
            (string?)ended["state"], (int)ended["numberCount"]!, (int)ended["wantedCount"]!,
            (int)ended["errorCount"]!));
        Assert.Equal(["handset-busy", "handset-nowhere", "not-in-service"], Desks.Codes(ended));
        Assert.Equal(
            [place.Number(0), place.Number(3)],
            (await place.ListAsync($"{desks.Base}/assignments")).Select(line => (string)line["number"]!));

        (await desks.HandsetAsync(4, "move", new { space = "a", port = "p-a2" })).Is(201);
        var again = (await place.App.PostAsync($"operations/{accepted.Id}/retry", place.Admin, new { })).Is(202);
        var retried = await desks.EndAsync(again);
        Assert.Equal(["handset-busy", "not-in-service"], Desks.Codes(retried));
        Assert.Equal(1, (int)retried["numberCount"]!);
    }

    [Fact]
    public async Task Bulk_input_that_makes_no_sense_is_refused_line_by_line()
    {
        var place = await world.PlaceAsync();
        var desks = await Desks.AtAsync(place);
        var before = place.Rows;

        var refused = await place.App.PostAsync($"{desks.Base}/assignments", place.Admin, new
        {
            assignments = new object[]
            {
                new { number = place.Number(0), handset = "00:00:00:00:00:00" },
                new { number = "nonsense", user = desks.Ada },
                new { number = place.Number(0), user = desks.Ada },
            },
        });
        refused.IsProblem(400, "invalid");
        Assert.Equal(
            ["assignments[0].handset", "assignments[1].number", "assignments[2].number"],
            refused.Body["errors"]!.AsArray().Select(error => (string)error!["field"]!));
        (await place.App.PostAsync(
            $"{desks.Base}/assignments", place.Admin, new { assignments = Array.Empty<object>() }))
            .IsProblem(400, "invalid");
        Assert.Equal(before, place.Rows);
    }

    [Fact]
    public async Task An_occupiers_admin_assigns_its_own_numbers_where_the_policy_says_so()
    {
        var place = await world.PlaceAsync();
        var desks = await Desks.AtAsync(place);
        var admin = place.App.Token(Role.OccupierAdmin, place.Owner, place.Tenant, user: "tina");
        (await desks.PutAsync(0, new { user = desks.Ada }, token: admin)).IsProblem(403, "forbidden");

        await place.RulesAsync(rules => rules["policies"]!["occupierAdminAssigns"] = true);
        await desks.EndAsync((await desks.PutAsync(0, new { user = desks.Ada }, token: admin)).Is(202));
        (await desks.PutAsync(5, new { user = desks.Thea }, token: admin)).IsProblem(404, "not-found");
        (await desks.ReadAsync(5, admin)).IsProblem(404, "not-found");

        var bulk = (await place.App.PostAsync($"{desks.Base}/assignments", admin, new
        {
            assignments = new[]
            {
                new { number = place.Number(5), user = desks.Thea },
                new { number = place.Number(1), user = desks.Amir },
            },
        })).Is(202);
        Assert.Equal(["not-provisioned"], Desks.Codes(await desks.EndAsync(bulk)));
        Assert.Equal(2, (await place.ListAsync($"{desks.Base}/assignments", admin)).Count);

        var theirs = await desks.PutAsync(2, new { handset = desks.Furniture.Phone(2) }, token: admin);
        Assert.Equal(["unknown-handset"], Desks.Codes(theirs.Body));
        theirs = await desks.PutAsync(2, new { user = desks.Thea }, token: admin);
        Assert.Equal(["unknown-user"], Desks.Codes(theirs.Body));
        theirs = await desks.PutAsync(2, new { space = "b" }, token: admin);
        Assert.Equal(["unknown-space"], Desks.Codes(theirs.Body));
        (await desks.HandsetAsync(1, "move", new { space = "a", port = "p-b" }, token: admin))
            .IsProblem(409, "assignment-refused");
        (await desks.HandsetAsync(4, "move", new { space = "a", port = "p-a2" }, token: admin))
            .IsProblem(409, "assignment-refused");
        await desks.AssignAsync(5, new { user = desks.Thea, handset = desks.Furniture.Phone(2) });
        Assert.Equal(
            ["unknown-handset"], Desks.Codes((await desks.HandsetAsync(2, "unassign", new { }, token: admin)).Body));
        (await desks.ReadAsync(5)).Is(200);

        var ada = place.App.Token(Role.OccupierUser, place.Owner, place.Tenant, user: desks.Ada);
        Assert.Equal(
            [place.Number(0)],
            (await place.ListAsync($"accounts/{place.Tenant}/numbers", ada)).Select(one => (string)one["number"]!));
        Assert.Single(await place.ListAsync($"{desks.Base}/assignments", ada));
        (await desks.ReadAsync(0, ada)).Is(200);
        (await desks.ReadAsync(1, ada)).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task Where_the_platform_does_not_manage_the_site_nothing_is_assigned()
    {
        var place = await world.PlaceAsync();
        var desks = await Desks.AtAsync(place);
        await desks.AssignAsync(0, new { user = desks.Ada, handset = desks.Furniture.Phone(1) });
        var seen = (await desks.ReadAsync(0)).ETag!;
        await place.RulesAsync(rules => rules["managedByPlatform"] = false);
        var before = place.Rows;

        (await desks.PutAsync(1, new { user = desks.Ada })).IsProblem(409, "site-not-managed");
        (await desks.DeleteAsync(0, seen)).IsProblem(409, "site-not-managed");
        (await desks.HandsetAsync(1, "unassign", new { })).IsProblem(409, "site-not-managed");
        (await place.App.PostAsync($"{desks.Base}/assignments", place.Admin, new
        {
            assignments = new[] { new { number = place.Number(1), user = desks.Ada } },
        })).IsProblem(409, "site-not-managed");
        Assert.Equal(before, place.Rows);
    }
}
