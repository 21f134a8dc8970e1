using System.Collections.Immutable;
using Telephony.Domain.Numbers;

namespace Telephony.Domain.Tests.Numbers.Life;

/// <summary>
/// What becomes of a number, written a second time by hand, as a person reads it in the table of transitions: a row for
/// each command and those who may want it, a column for each state. Whoever is not named by any row of a command may
/// not want it. Where a guard makes a difference, <see cref="Exceptions"/> says which cells differ.
/// </summary>
static class LifeTable
{
    /// <summary>
    /// Two letters for a state are where it leads, = is success without a change, and the rest are refusals. Who is
    /// P platform, O operator, S system, T timer.
    /// </summary>
    const string Plain = """
        command           who none stag port free held laps frsh used actg actv deac cool rest blck leav left reti
        provision-staged   P   St   ap   ap   ap   ap   ap   ap   ap   ap   ap   ap   ap   ap   ap   ap   ap   St
        provision-porting  P   Pi   ap   ap   ap   ap   ap   ap   ap   ap   ap   ap   ap   ap   ap   ap   ap   Pi
        provision          P   Av   ap   ap   ap   ap   ap   ap   ap   ap   ap   ap   ap   ap   ap   ap   ap   Av
        provision-reserved P   --   ap   ap   ap   ap   ap   ap   ap   ap   ap   ap   ap   ap   ap   ap   ap   --
        offer              P   np   Av   --   =    --   =    --   --   --   --   --   --   --   --   --   --   --
        arrive             P   np   --   Av   =    --   =    --   --   --   --   --   --   --   --   --   --   --
        arrive-ours        P   np   --   Re   --   --   --   =    =    --   --   --   --   --   --   --   --   --
        cancel-port-in     P   np   --   Rt   --   --   --   --   --   --   --   --   --   --   --   --   --   =
        hold               OP  np   --   --   He   =    He   --   --   --   --   --   --   --   --   --   --   --
        hold-longer        OP  np   --   --   He   He   He   --   --   --   --   --   --   --   --   --   --   --
        hold-theirs        OP  np   --   --   He   hf   He   --   --   --   --   --   --   --   --   --   --   --
        hold-past          OP  np   --   --   ip   ip   ip   --   --   --   --   --   --   --   --   --   --   --
        end-hold           OP  np   --   --   =    Av   =    --   --   --   --   --   --   --   --   --   --   --
        end-hold           T   np   --   --   =    nd   =    --   --   --   --   --   --   --   --   --   --   --
        reserve            OP  np   --   --   Re   Re   Re   =    =    =    =    =    --   --   --   --   --   --
        reserve            S   np   --   --   Re   nt   Re   =    =    =    =    =    --   --   --   --   --   --
        reserve-theirs     OP  np   --   --   Re   hf   Re   tk   tk   tk   tk   tk   --   --   --   --   --   --
        reserve-theirs     S   np   --   --   Re   nt   Re   tk   tk   tk   tk   tk   --   --   --   --   --   --
        reserve-main       OP  np   --   --   nn   nn   nn   nn   nn   nn   nn   nn   --   --   --   --   --   --
        reserve-main       S   np   --   --   nn   nt   nn   nn   nn   nn   nn   nn   --   --   --   --   --   --
        activate           OPS np   --   --   --   --   --   Ag   Ag   =    =    --   --   --   --   --   --   --
        confirm-active     PS  np   --   --   --   --   --   --   --   Ac   =    --   --   --   --   --   --   --
        fail-active        PS  np   --   --   --   --   --   =    =    Re   --   --   --   --   --   --   --   --
        deactivate         OP  np   --   --   --   --   --   =    =    --   De   =    --   --   --   --   --   --
        remove-main        OP  np   --   --   --   --   --   =    =    --   De   =    --   --   --   --   --   --
        confirm-inactive   PS  np   --   --   --   --   --   =    =    --   --   Re   --   --   --   --   --   --
        fail-inactive      PS  np   --   --   --   --   --   --   --   --   =    Ac   --   --   --   --   --   --
        release            OP  np   --   --   =    --   =    Av   Co   --   --   --   =    =    --   --   --   --
        release            S   np   --   --   =    --   =    nt   Co   --   --   --   =    =    --   --   --   --
        release-theirs     OPS np   --   --   =    --   =    tk   tk   tk   tk   tk   tk   tk   --   --   --   --
        end-cooldown       P   np   --   --   =    --   =    --   --   --   --   --   Av   Av   --   --   --   --
        end-cooldown       T   np   --   --   =    --   =    --   --   --   --   --   nd   Av   --   --   --   --
        restore            OP  np   --   --   --   --   --   =    =    --   --   --   Re   Re   --   --   --   --
        restore-theirs     OP  np   --   --   --   --   --   --   --   --   --   --   nf   nf   --   --   --   --
        block              P   np   Bl   --   Bl   --   Bl   --   --   --   --   --   Bl   Bl   =    --   --   --
        block-until        P   np   Bl   --   Bl   --   Bl   --   --   --   --   --   Bl   Bl   --   --   --   --
        block-past         P   np   ip   --   ip   --   ip   --   --   --   --   --   ip   ip   --   --   --   --
        unblock            P   np   --   --   --   --   --   --   --   --   --   --   --   --   Av   --   --   --
        unblock            T   np   --   --   --   --   --   --   --   --   --   --   --   --   nd   --   --   --
        port-out           P   np   --   --   --   --   --   Po   Po   --   Po   --   --   --   --   =    =    --
        confirm-port-out   P   np   --   --   --   --   --   --   --   --   --   --   --   --   --   Rt   Rt   =
        cancel-port-out    P   np   --   --   --   --   --   --   --   --   --   --   --   --   --   Re   Ac   --
        retire             P   np   Rt   --   Rt   --   Rt   --   --   --   --   --   --   --   Rt   --   --   =
        nominate           OPS np   --   --   Av   --   Av   Re   Re   --   --   --   --   --   --   --   --   --
        withdraw           OP  np   --   --   =    --   =    =    =    --   --   --   --   --   --   --   --   --
        """;

    /// <summary>A number, the column that it is like, and each command that ends otherwise, @ by whom.</summary>
    const string Exceptions = """
        nominated      free hold nm hold-longer nm hold-theirs nm hold-past nm reserve nm reserve-theirs nm
        nominated      free reserve-main Re nominate = withdraw Av
        nominated-for-them free hold nm hold-longer nm hold-theirs nm hold-past nm reserve nm reserve-theirs nm
        nominated-for-them free reserve-main em nominate = withdraw Av
        for-us         free hold-theirs em reserve-theirs em
        for-them       free hold em hold-longer em reserve em
        port-for-us    port
        port-for-them  port arrive-ours em
        port-nominated port
        stag-nominated stag
        held-theirs    held hold hf hold-longer hf hold-theirs = hold-past hf reserve@OP hf reserve-theirs@OP Re
        held-theirs    held reserve-main@OP hf
        frsh-nominated frsh reserve nm reserve-main = nominate = withdraw Re
        frsh-theirs    frsh arrive-ours -- reserve tk reserve-theirs = reserve-main tk release tk restore --
        frsh-theirs    frsh release-theirs@OP Av release-theirs@S nt restore-theirs =
        used-nominated used reserve nm reserve-main = nominate = withdraw Re
        used-theirs    used arrive-ours -- reserve tk reserve-theirs = reserve-main tk release tk restore --
        used-theirs    used release-theirs Co restore-theirs =
        used-as-main   used
        actg-nominated actg reserve nm reserve-main =
        actg-theirs    actg reserve tk reserve-theirs = reserve-main tk release tk release-theirs --
        actv-assigned  actv deactivate as remove-main as port-out as
        actv-main      actv reserve nm reserve-main = deactivate im port-out im
        actv-theirs    actv reserve tk reserve-theirs = reserve-main tk release tk release-theirs --
        deac-main      deac reserve nm reserve-main =
        deac-theirs    deac reserve tk reserve-theirs = reserve-main tk release tk release-theirs --
        cool-theirs    cool release tk release-theirs = restore nf restore-theirs Re
        cool-nominated cool
        cool-as-main   cool
        blck-staged    blck unblock@P St
        blck-cooling   blck unblock@P Co
        blck-for-now   blck block -- block-until =
        blck-over      blck block -- block-past = unblock@T Av
        blck-st-over   blck block -- block-past = unblock St
        blck-co-over   blck block -- block-past = unblock Co
        leav-nominated leav
        """;

    static readonly Dictionary<string, string> Codes = new()
    {
        ["St"] = "Staged", ["Pi"] = "PortingIn", ["Av"] = "Available", ["He"] = "Held", ["Re"] = "Reserved",
        ["Ag"] = "Activating", ["Ac"] = "Active", ["De"] = "Deactivating", ["Co"] = "Cooldown", ["Bl"] = "Blocked",
        ["Po"] = "PortingOut", ["Rt"] = "Retired",
        ["--"] = "NoTransition", ["ap"] = "AlreadyProvisioned", ["np"] = "NotProvisioned", ["tk"] = "Taken",
        ["nm"] = "NominatedMain", ["nn"] = "NotNominated", ["em"] = "EarmarkedForAnother", ["nt"] = "NotTheirs",
        ["hf"] = "HeldForAnother", ["as"] = "Assigned", ["im"] = "IsMain", ["nf"] = "NotTheFormer", ["nd"] = "NotDue",
        ["ip"] = "InThePast", ["="] = "Unchanged",
    };

    static readonly Dictionary<(string Number, string Command, Party By), string> Cells = Read();

    public static ImmutableHashSet<string> Numbers { get; } = [.. Cells.Keys.Select(key => key.Number)];

    public static ImmutableHashSet<string> Commands { get; } = [.. Cells.Keys.Select(key => key.Command)];

    /// <summary>The state that it leads to, Unchanged, or the refusal, by name.</summary>
    /// <exception cref="KeyNotFoundException">The table has no such number or no such command.</exception>
    public static string Expected(string number, string command, Party by) =>
        Cells.TryGetValue((number, command, by), out var cell) ? Codes[cell]
        : Commands.Contains(command) && Numbers.Contains(number) ? nameof(NumberRefusal.NotTheirs)
        : throw new KeyNotFoundException($"No row for {command} of {number}.");

    static Dictionary<(string, string, Party), string> Read()
    {
        var (lines, cells) = (Words(Plain), new Dictionary<(string Number, string Command, Party By), string>());
        foreach (var row in lines[1..])
        {
            Assert.Equal(lines[0].Length, row.Length);
            foreach (var party in row[1].Select(PartyOf))
            {
                for (var column = 2; column < row.Length; column++)
                    cells.Add((lines[0][column], row[0], party), row[column]);
            }
        }

        var plain = cells.ToList();
        foreach (var (name, like) in Words(Exceptions).Select(row => (row[0], row[1])).Distinct())
        {
            foreach (var ((number, command, by), cell) in plain.Where(entry => entry.Key.Number == like))
                cells.Add((name, command, by), cell);
        }

        foreach (var row in Words(Exceptions))
        {
            foreach (var pair in row[2..].Chunk(2))
            {
                var (command, who) = pair[0].Split('@') is [var some, var few] ? (some, few) : (pair[0], "OPST");
                foreach (var key in who.Select(letter => (row[0], command, PartyOf(letter))).Where(cells.ContainsKey))
                    cells[key] = pair[1];
            }
        }

        return cells;
    }

    static string[][] Words(string text) => [.. text.Split('\n').Select(
        line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];

    static Party PartyOf(char letter) => letter switch
    {
        'P' => Party.Platform,
        'O' => Party.Operator,
        'S' => Party.System,
        'T' => Party.Timer,
        _ => throw new FormatException($"Nobody is called {letter}."),
    };
}
