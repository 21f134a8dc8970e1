using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using NodaTime;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Groups;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;

namespace Telephony.Benchmarks;

/// <summary>What a caller meets at a moment: the pure answer, without what is read from storage for it.</summary>
static class RouteTime
{
    const double GoalMicroseconds = 10;

    public static Task<int> RunAsync(CancellationToken _)
    {
        // In this process: the other way would build another project, for which there is nothing to isolate.
        var config = ManualConfig.CreateEmpty()
            .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance))
            .AddDiagnoser(BenchmarkDotNet.Diagnosers.MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(ConsoleLogger.Default)
            .WithOptions(ConfigOptions.DisableLogFile)
            .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "telephony-benchmarks"));
        var worst = BenchmarkRunner.Run<RouteAnswers>(config).Reports
            .Max(report => report.ResultStatistics?.Median / 1_000 ?? double.PositiveInfinity);
        Console.WriteLine($"Slowest median: {worst:0.00} µs; goal: at most {GoalMicroseconds} µs.");
        return Task.FromResult(worst <= GoalMicroseconds ? 0 : 1);
    }
}

/// <summary>One answer for each size of configuration.</summary>
public class RouteAnswers
{
    static readonly Id<Account> Operator = Id<Account>.Parse("harbour");
    static readonly Id<Account> Acme = Id<Account>.Parse("acme");
    static readonly ImmutableArray<Id<Account>> Row =
        [Acme, .. Enumerable.Range(1, Routing.HopsMax).Select(i => Id<Account>.Parse($"acme-{i}"))];

    static readonly Destination Elsewhere = new Destination.Forward(E164.Parse("+442079460999"));

    static readonly Instant At = Instant.FromUtc(2026, 10, 25, 1, 15);

    SiteGroups site = null!;

    /// <summary>What is configured.</summary>
    public enum Size
    {
        /// <summary>Nothing: the defaults.</summary>
        Default,

        /// <summary>Ten members, ten holidays, the reception when nobody answers.</summary>
        Usual,

        /// <summary>A hundred members, two hundred holidays and closures, seventy ranges.</summary>
        Largest,

        /// <summary>Six main numbers in a row: whatever fails at one goes on to the next.</summary>
        InARow,
    }

    [ParamsAllValues]
    public Size Configured { get; set; }

    [GlobalSetup]
    public void Configure()
    {
        var numbers = new Block(new(4_420_794_600), Enumerable.Range(0, 100).Select(slot => KeyValuePair.Create(
            slot, new Number { State = NumberState.Active, Account = Acme })));
        var mains = new Block(new(4_420_794_601), Row.Prepend(Operator).Index().Select(at => KeyValuePair.Create(
            at.Index, new Number(Role: NumberRole.Main) { State = NumberState.Active, Account = at.Item })));
        var state = SiteState.Empty with
        {
            Pool = NumberPool.Empty.With([numbers, mains]),
            Holdings = SiteState.Empty.Holdings.Add(
                Operator, SiteState.Empty.Holding(Operator) with { Main = E164.Parse("+442079460100") }),
        };
        site = new(
            Operator, "Europe/London", OpeningTimes.Default, state,
            Configured is Size.InARow
                ? Row.Index().ToImmutableDictionary(at => at.Item, at => HandsOn(at.Index))
                : ImmutableDictionary<Id<Account>, GroupFeatures>.Empty.Add(Acme, Features()));
    }

    /// <summary>In the hour that clocks show twice, when no holiday and no range applies but the last one.</summary>
    [Benchmark]
    public Route Route() => Routing.Route(site, Acme, At);

    /// <summary>Elsewhere first, then to the next in the row, its number being one slot on.</summary>
    static GroupFeatures HandsOn(int index)
    {
        Destination next = index + 1 < Row.Length
            ? new Destination.Forward(new BlockId(4_420_794_601)[index + 2])
            : new Destination.Announcement();
        return new()
        {
            InHours = Elsewhere, OutOfHours = Elsewhere, IfNotAnswered = next, IfBusy = next, IfUnreachable = next,
        };
    }

    GroupFeatures Features()
    {
        var (members, dates, ranges) = Configured switch
        {
            Size.Usual => (10, 10, 7),
            Size.Largest => (100, 200, 70),
            _ => (0, 0, 0),
        };
        if (members == 0)
            return GroupFeatures.Default;

        return new()
        {
            HoursSource = HoursSource.Own,
            Own = new(
                [.. Enumerable.Range(0, ranges).Select(i => Range(i, ranges))],
                [
                    .. Enumerable.Range(0, dates / 2).Select(i => new Holiday(
                        $"{i}", new HolidayTime.Yearly(5, 1 + (i % 31)))),
                ]),
            Closures =
            [
                .. Enumerable.Range(0, dates / 2).Select(i => new Closure(
                    $"{i}", LocalSpan.Day(new LocalDate(2027, 1, 1).PlusDays(i)))),
            ],
            HuntGroup = new(
            [
                .. Enumerable.Range(0, members).Select(i => new Member(new BlockId(4_420_794_600)[i])),
            ]),
            IfNotAnswered = new Destination.Reception(),
            IfUnreachable = Elsewhere,
        };
    }

    /// <summary>So many in a week, each an hour; the one that is open is the last.</summary>
    static OpenRange Range(int i, int count) => new(
        (IsoDayOfWeek)(1 + (i / (count / 7))),
        DayTime.Parse(i == count - 1 ? "01:00" : $"{8 + (i % 10):00}:00"),
        DayTime.Parse(i == count - 1 ? "02:30" : $"{9 + (i % 10):00}:00"));
}
