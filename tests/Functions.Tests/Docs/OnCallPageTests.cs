using System.Reflection;
using System.Text.RegularExpressions;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Places;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;
using Telephony.Testing;
using Operation = Telephony.Functions.Operations.Operation;

namespace Telephony.Functions.Tests.Docs;

/// <summary>Who is on call finds on docs/on-call.md what the tables and Durable show.</summary>
public sealed partial class OnCallPageTests
{
    const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static;

    /// <summary>Without what Markdown's tables have to write before a bar.</summary>
    static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "on-call.md"))
        .Replace("\\|", "|", StringComparison.Ordinal);

    static readonly Id<Site> Site = Id<Site>.Parse("london");
    static readonly Id<Account> Acme = Id<Account>.Parse("acme");
    static readonly E164 Number = E164.Parse("+442079460000");
    static readonly OperationId Id = new(Site, OperationIds.Hash("example"));

    /// <summary>Something of each type that keys are made of; an enum is tried with each of its values.</summary>
    static readonly IReadOnlyList<object> Parts =
    [
        Site, Acme, Number, Number.Block, Id, Id<User>.Parse("ada"), MacAddress.Parse("00:1a:2b:3c:4d:5e"), 1,
        DateTimeOffset.UnixEpoch, "change",
        .. Enum.GetValues<PlaceKind>().Select(kind => new PlaceRef(kind, "one")),
        .. Enum.GetValues<PlaceKind>().Cast<object>(),
    ];

    [Fact]
    public void Every_kind_of_row_of_a_site_is_in_the_table()
    {
        var fixedKeys = typeof(SiteKeys).GetFields(All)
            .Where(field => field.IsLiteral && !IsRange(field.Name))
            .Select(field => (string)field.GetRawConstantValue()!)
            .Where(key => key.Contains('|', StringComparison.Ordinal)).ToList();
        var rows = Page[Page.IndexOf("Table `sites`", StringComparison.Ordinal)..].Split("\n### ")[0];
        var kinds = typeof(SiteKeys).GetMethods(All)
            .Where(method => method.ReturnType == typeof(string) && !IsRange(method.Name))
            .SelectMany(Keys)
            .Select(key => Kind().Match(key)).Where(match => match.Success)
            .Select(match => match.Value).Distinct().ToList();

        Assert.Contains("P|space|", kinds);
        Assert.True(fixedKeys.Count >= 5 && kinds.Count >= 20, $"Only {string.Join(' ', fixedKeys.Concat(kinds))}.");
        Assert.All(fixedKeys, key => Assert.Contains($"\n| `{key}` |", rows, StringComparison.Ordinal));
        Assert.All(kinds, kind => Assert.Matches($"\n\\| (`[^`]+`, )*`{Regex.Escape(kind)}[^`]+`", rows));
    }

    [Fact]
    public void Every_letter_of_a_block_is_explained()
    {
        var alphabets = typeof(Alphabet).GetFields(All).Where(field => field.FieldType.IsGenericType).ToList();

        var page = Page.ReplaceLineEndings(" ");
        Assert.Equal(4, alphabets.Count);
        Assert.All(alphabets, field =>
        {
            var type = field.FieldType.GetGenericArguments()[0];
            var letter = field.FieldType.GetProperty("Item", [type])!;
            var name = type.Name["Number".Length..];
            var said = page[page.IndexOf($" {name}: `", StringComparison.Ordinal)..].Split(". ")[0];
            foreach (var value in Enum.GetValues(type))
            {
                var shown = $"`{letter.GetValue(field.GetValue(null), [value])}` {value}";
                Assert.Contains(shown, said, StringComparison.Ordinal);
            }
        });
    }

    [Fact]
    public void Every_field_of_a_number_is_explained()
    {
        var text = SlotText.Write(new()
        {
            Account = Acme, Source = NumberSource.ByHand, Operation = Id, Former = Acme,
            Since = DateTimeOffset.UnixEpoch, Until = DateTimeOffset.UnixEpoch, RestsUntil = DateTimeOffset.UnixEpoch,
            Before = NumberState.Available, EverActive = true, Term = 1, IsAssigned = true, Earmark = Acme,
            Early = new(Id.Hash, Acme, DateTimeOffset.UnixEpoch), Generation = 2, Version = 2,
        });
        var fields = text.Split(';').Select(field => field.Split('=')[0]).ToList();

        Assert.Equal(15, fields.Count);
        Assert.All(fields, field => Assert.Contains($"\n| `{field}` |", Page, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_orchestration_is_found_by_its_instance()
    {
        var instances = Enum.GetValues<OperationKind>().Select(InstanceOf).OfType<string>().Distinct().ToList();

        Assert.Equal(5, instances.Count);
        Assert.All(instances, instance => Assert.Contains($"\n| `{instance}` |", Page, StringComparison.Ordinal));
    }

    /// <summary>Where a range of keys begins and ends, which are no rows.</summary>
    static bool IsRange(string name) =>
        name.EndsWith("From", StringComparison.Ordinal) || name.EndsWith("To", StringComparison.Ordinal)
        || name is nameof(SiteKeys.SessionsBefore) or nameof(SiteKeys.After);

    static IEnumerable<string> Keys(MethodInfo method) => method.GetParameters()
        .Aggregate<ParameterInfo, IEnumerable<object?[]>>([[]], (before, parameter) =>
            from list in before
            from part in PartsFor(parameter.ParameterType)
            select (object?[])[.. list, part])
        .Select(arguments => (string)method.Invoke(null, arguments)!);

    static List<object> PartsFor(Type type)
    {
        var found = Parts.Where(part => part.GetType() == (Nullable.GetUnderlyingType(type) ?? type)).ToList();
        Assert.True(found.Count > 0, $"Add a {type} to the parts that keys are made of.");
        return found;
    }

    /// <summary>With the names that the page has for what is in it; null where one transaction does it all.</summary>
    static string? InstanceOf(OperationKind kind)
    {
        try
        {
            var operation = new Operation
            {
                Id = Id, Kind = kind, Actor = new("olivia", Role.OperatorAdmin, null), Arguments = "",
                At = DateTimeOffset.UnixEpoch, Account = Acme,
            };
            return OperationDriver.InstanceOf(operation).Replace(Id.Value, "{operation}", StringComparison.Ordinal)
                .Replace(Site.Value, "{site}", StringComparison.Ordinal)
                .Replace(Acme.Value, "{account}", StringComparison.Ordinal);
        }
        catch (System.Diagnostics.UnreachableException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^[A-Z]\|([a-z]+\|)?")]
    private static partial Regex Kind();
}
