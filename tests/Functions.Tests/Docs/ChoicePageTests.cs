using System.Text.Json.Nodes;
using Telephony.Testing;

namespace Telephony.Functions.Tests.Docs;

/// <summary>docs/choosing-numbers.md is what the app answers.</summary>
public sealed class ChoicePageTests(AzuriteFixture azurite)
{
    const string Command = "tools/docs/write";

    static readonly string File = Path.Combine(Repository.Root, "docs", "choosing-numbers.md");

    [Fact]
    public async Task The_page_says_what_the_app_answers()
    {
        await using var app = await TestApp.StartAsync(azurite);
        await World.OpenAsync(app);
        var page = await ChoicePage.OpenAsync(app);
        await WriteAsync(page);

        if (Environment.GetEnvironmentVariable("WRITE_DOCS") is { Length: > 0 })
            await System.IO.File.WriteAllTextAsync(File, page.Text, TestContext.Current.CancellationToken);
        Assert.True(
            await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken) == page.Text,
            $"{File} is not what the app answers: run {Command} and look at what changed.");
    }

    static async Task WriteAsync(ChoicePage page)
    {
        page.Write($$"""
            # How numbers are chosen, rule by rule

            An account has two numbers at a site and gets a voice service of eight lines: six numbers are missing,
            and the account's first service also needs a main number. Here is the same request under different
            rules, as the app answers it (`{{Command}}` writes this page from its answers):

                POST /api/v1/sites/{site}/accounts/{account}/voice-services/phones/preview
                {"code": "voice", "quantity": 8}

            Every preview shows which numbers would be taken and why. Its `token`, sent with the real request, makes
            sure of just those. In the pictures each sign is a number, by its last four digits:

            | sign | a number that |
            |---|---|
            | `*` | is chosen |
            | `A` | the account has already |
            | `#` | another account has |
            | `.` | is free |
            | `M` | is nominated as a main number |
            | `S` | is special: never chosen by the rules |
            | `K` | is kept for this account |
            | `k` | is kept for another account |

            The rules are asked one after the other, and the first that makes a difference decides; that is the
            reason given. How they are asked is written down in [decision
            7](decisions/0007-how-numbers-are-chosen.md).
            """);
        await WhichAsync(page);
        await HowManyAsync(page);
        await ServicesAsync(page);
    }

    static async Task WhichAsync(ChoicePage page)
    {
        await page.ShowAsync("With the defaults", """
            Six in a row, as near as can be to the two that the account has. 0110 reads the same backwards, which
            makes it premium, so the row of nine beside them is not whole. The numbers kept for the account are only
            two: too few for a row.
            """);
        await page.ShowAsync("premiumPatterns", """
            Without premium endings 0110 may be chosen, and the nearest row begins right beside the account's own
            numbers.
            """, ("premiumPatterns", JsonNode.Parse("""{"repeats":false,"steps":false,"mirrors":false}""")));
        await page.ShowAsync("nearExisting", """
            When nearness does not count, the row that fits best is taken, and longer ones stay whole for somebody
            who needs them.
            """, ("nearExisting", false));
        await page.ShowAsync("contiguity: Ignore", """
            Every number for itself: those that are kept for the account, and the nearest.
            """, ("contiguity", "Ignore"));
        await page.ShowAsync("contiguity: Required", """
            One row or nothing. There is a row of six, so this is the same as Preferred; but a service that needs
            three numbers for each line lacks 22, and no row is as long.
            """, ("contiguity", "Required"), ("services", Service("\"numbersPerUnit\":3")));
        await page.ShowAsync("contiguity: Preferred, and no row is long enough", """
            The same 22 numbers where a row is only preferred: those kept for the account, then as few pieces as
            possible.
            """, ("services", Service("\"numbersPerUnit\":3")));
    }

    static async Task HowManyAsync(ChoicePage page)
    {
        await page.ShowAsync("keepForOperator", """
            Thirty of the free numbers have to stay for the operator's own use, so an occupier may take only what is
            above that, and those that are kept for it.
            """, ("keepForOperator", 30));
        await page.ShowAsync("keepForOperator, more of them", """
            With 32 to be left, an occupier may take two of those that anybody may have, and its own two.
            """, ("keepForOperator", 32));
        await page.ShowAsync("maxPerAccount", """
            The account has two already, and may have six.
            """, ("maxPerAccount", 6));
        await page.ShowAsync("allOrNothing: false", """
            The same, where a part is better than nothing.
            """, ("maxPerAccount", 6), ("allOrNothing", false));
    }

    static async Task ServicesAsync(ChoicePage page)
    {
        await page.ShowAsync("services: numbersPerUnit and extra", """
            Two numbers for each line and one more: 17 are required, 2 are there, 15 are missing.
            """, ("services", Service("\"numbersPerUnit\":2,\"extra\":1")));
        await page.ShowAsync("services: needsMain", """
            A service that needs no main number takes none.
            """, ("services", Service("\"needsMain\":false")));
        await page.ShowAsync("autoAllocate: false", """
            The service is assigned all the same; people allocate the numbers by hand.
            """, ("autoAllocate", false));

        await page.TakeMainAsync();
        await page.ShowAsync("onNoNominatedMain: AllocateDirect", """
            Somebody else has taken the only nominated number meanwhile. The direct numbers are given, and the
            answer says what is missing.
            """);
        await page.ShowAsync("onNoNominatedMain: Fail", """
            Where the main number matters more, nothing is given without it.
            """, ("onNoNominatedMain", "Fail"));
    }

    static JsonNode? Service(string members) =>
        JsonNode.Parse($$"""[{"code":"voice","name":"Voice",{{members}}}]""");
}
