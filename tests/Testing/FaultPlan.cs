namespace Telephony.Testing;

/// <summary>What goes wrong with a request.</summary>
public enum Fault
{
    /// <summary>The request is lost: nothing happens.</summary>
    BeforeCall,

    /// <summary>The response is lost: it happened, and the caller cannot know.</summary>
    AfterCall,
}

/// <summary>
/// Which requests a fault strikes. One plan may be shared by several tables or clients: they then count together, in
/// the order of their requests. Safe to use from many threads.
/// </summary>
public sealed class FaultPlan
{
    readonly Lock gate = new();
    readonly Func<int, Fault?> choose;
    int calls;
    int faults;

    FaultPlan(Func<int, Fault?> choose) => this.choose = choose;

    /// <summary>Requests so far, those that a fault struck too.</summary>
    public int Calls => Volatile.Read(ref calls);

    /// <summary>Faults so far: a test that saw none proves nothing.</summary>
    public int Faults => Volatile.Read(ref faults);

    public static FaultPlan None() => new(_ => null);

    /// <summary>Strikes the <paramref name="call"/>-th request, counted from 1, and no other.</summary>
    public static FaultPlan At(int call, Fault fault) => new(number => number == call ? fault : null);

    /// <summary>Strikes the <paramref name="call"/>-th request and all that follow.</summary>
    public static FaultPlan From(int call, Fault fault) => new(number => number >= call ? fault : null);

    /// <summary>Strikes each request for as long as it is told to.</summary>
    public static FaultPlan While(Func<bool> isDown, Fault fault) => new(_ => isDown() ? fault : null);

    /// <summary>
    /// Strikes after 0, then 1, then 2 … good requests, so work of any length gets through in the end.
    /// </summary>
    public static FaultPlan Escalating(Fault fault)
    {
        var (good, allowed) = (0, 0);
        return new(_ =>
        {
            if (good++ < allowed)
                return null;

            (good, allowed) = (0, allowed + 1);
            return fault;
        });
    }

    /// <summary>
    /// Strikes with a probability; half the faults lose the request and half the response. The seed repeats a run.
    /// </summary>
    public static FaultPlan Seeded(int seed, double rate)
    {
        var random = new Random(seed);
        return new(_ => random.NextDouble() >= rate ? null : random.Next(2) == 0 ? Fault.BeforeCall : Fault.AfterCall);
    }

    /// <summary>Counts a request and says whether a fault strikes it.</summary>
    public Fault? Next()
    {
        lock (gate)
        {
            var fault = choose(++calls);
            faults += fault is null ? 0 : 1;
            return fault;
        }
    }
}
