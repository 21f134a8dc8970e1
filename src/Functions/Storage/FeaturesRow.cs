using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Groups;
using Telephony.Domain.Numbers;
using Telephony.Functions.Groups;
using Telephony.Functions.Operations;
using Operation = Telephony.Functions.Operations.Operation;

namespace Telephony.Functions.Storage;

/// <summary>Something configured; version 0 and no ETag for what nobody has written.</summary>
sealed record Stored<T>(T Value, int Version, ETag? ETag);

/// <summary>A version of it that somebody wrote.</summary>
/// <param name="Version">Counts them, from 1.</param>
/// <param name="By">The request.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who wanted it; null for what was written before that was kept.</param>
sealed record WrittenVersion(int Version, OperationId By, DateTimeOffset At, Actor? Actor);

/// <summary>
/// What is configured, as a row: <c>Json0</c>, <c>Json1</c> … in the form that people send, <c>Terms</c> of the numbers
/// in it, <c>Version</c>, <c>By</c>, <c>At</c> and who it was. Each version is a row of its own as well, which
/// never changes.
/// </summary>
static class FeaturesRow
{
    const string Json = "Json";

    public static string Text(GroupFeatures features) =>
        JsonSerializer.Serialize(ConfigurationForms.Of(features), Http.Json.Options);

    public static string Text(OpeningTimes times) =>
        JsonSerializer.Serialize(ConfigurationForms.Of(times), Http.Json.Options);

    public static GroupFeatures Features(TableEntity row)
    {
        var features = ConfigurationInput.Stored(Form<MainConfiguration>(row));
        var terms = row.GetString("Terms").Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(term => term.Split(':'))
            .ToDictionary(term => E164.Parse(term[0]), term => int.Parse(term[1], CultureInfo.InvariantCulture));
        return features with
        {
            Reception = features.Reception is { } named ? InTerm(named) : null,
            HuntGroup = features.HuntGroup with { Members = [.. features.HuntGroup.Members.Select(InTerm)] },
        };

        Member InTerm(Member member) => member with { Term = terms.GetValueOrDefault(member.Number) };
    }

    public static OpeningTimes Times(TableEntity row) => ConfigurationInput.Stored(Form<SiteSchedule>(row));

    public static Stored<T> Read<T>(TableEntity? row, T otherwise, Func<TableEntity, T> read) => row is null
        ? new(otherwise, 0, null)
        : new(read(row), row.GetInt32("Version")!.Value, row.ETag);

    public static WrittenVersion Written(TableEntity row) => new(
        row.GetInt32("Version")!.Value,
        new(Id<Site>.Parse(row.PartitionKey), row.GetString("By")),
        row.GetDateTimeOffset("At")!.Value,
        row.ContainsKey("User") ? ActorProperties.Read(row) : null);

    /// <summary>The row that counts, and the one that is kept, for the next version.</summary>
    public static ImmutableArray<RowChange> Write(
        Operation operation, Id<Account>? account, (int Version, ETag? ETag) before, string json,
        IEnumerable<Member> members)
    {
        var (site, version) = (SiteKeys.Partition(operation.Id.Site), before.Version + 1);
        var current = Row(SiteKeys.Features(account));
        current.ETag = before.ETag ?? default;
        return
        [
            before.ETag is null ? new RowChange.Insert(current) : new RowChange.Replace(current),
            new RowChange.Insert(Row(SiteKeys.FeaturesVersion(account, version))),
        ];

        TableEntity Row(string key)
        {
            var row = new TableEntity(site, key)
            {
                ["Version"] = version,
                ["By"] = operation.Id.Hash,
                ["At"] = operation.At,
                ["Terms"] = string.Join(',', members.Select(member => string.Create(
                    CultureInfo.InvariantCulture, $"{member.Number}:{member.Term}")).Distinct()),
            };
            ActorProperties.Write(row, operation.Actor);
            TextParts.Write(row, Json, json);
            return row;
        }
    }

    static T Form<T>(TableEntity row) =>
        JsonSerializer.Deserialize<T>(TextParts.Read(row, Json), Http.Json.Options)!;
}
