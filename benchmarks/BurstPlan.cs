using System.Globalization;
using System.Text.Json;
using Telephony.Testing;

namespace Telephony.Benchmarks;

/// <summary>
/// Which messages there are. At each site: the numbers that are due, those that are early, one of each for what is
/// measured one by one, and at the end the nominated one of the first service.
/// </summary>
sealed class BurstPlan(int count)
{
    public const int Sites = 10;

    const int Seed = 1;

    /// <summary>Messages at each site whose number is nominated and reserved.</summary>
    public int Due => count / Sites / 10;

    /// <summary>Messages at each site that are sent a second time, half of them due and half early.</summary>
    public int Twice => count / Sites / 10;

    /// <summary>Messages at each site that come too early.</summary>
    public int Early => (count / Sites) - Due - Twice;

    /// <summary>Numbers at each site.</summary>
    public int Numbers => Due + Early + 3;

    /// <summary>Numbers that are in service at the end, at all sites.</summary>
    public int Applied => Sites * (Due + 2);

    /// <summary>Commands that are carried out or kept, at all sites.</summary>
    public int Words => Sites * (Due + Early + 3);

    int SingleDue => Due + Early;

    int SingleEarly => SingleDue + 1;

    public string[] ToReserve(int site) => [.. Offsets().Select(offset => Number(site, offset))];

    public SentCommand Nominate(int site) => Command(
        $"nominate-{site}", new { type = "NominateMain", numbers = ToReserve(site) }, site);

    /// <summary>The word that the account's first service waits for.</summary>
    public SentCommand Main(int site) => Activate(site, SingleEarly + 1);

    public SentCommand Single(int site, string kind, bool again = false) =>
        Again(Activate(site, kind == "due" ? SingleDue : SingleEarly), again);

    public SentCommand[] Burst()
    {
        var messages = Enumerable.Range(0, Sites).SelectMany(OfSite).ToArray();
        new Random(Seed).Shuffle(messages);
        return messages;
    }

    IEnumerable<SentCommand> OfSite(int site)
    {
        var once = Enumerable.Range(0, Due + Early).Select(offset => Activate(site, offset)).ToList();
        var half = Twice / 2;
        return once.Concat(once.Take(half).Concat(once.Skip(Due).Take(Twice - half)).Select(
            message => Again(message, again: true)));
    }

    IEnumerable<int> Offsets() => Enumerable.Range(0, Due).Append(SingleDue);

    string Number(int site, int offset) => Place.Number(((long)site * Numbers) + offset);

    /// <summary>The same command in another message, which the queue does not know for a duplicate.</summary>
    static SentCommand Again(SentCommand command, bool again) =>
        again ? command with { Message = $"{command.Message}-again" } : command;

    SentCommand Activate(int site, int offset) => Command(
        string.Create(CultureInfo.InvariantCulture, $"activate-{site}-{offset}"),
        new { type = "ActivateMain", account = Place.Account(site), number = Number(site, offset) }, site);

    static SentCommand Command(string id, object members, int site)
    {
        var command = JsonSerializer.SerializeToNode(members)!.AsObject();
        command["version"] = 1;
        command["commandId"] = id;
        command["site"] = Place.Site(site);
        return new(id, command.ToJsonString());
    }
}
