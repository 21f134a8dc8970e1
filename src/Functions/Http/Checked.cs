using System.Diagnostics.CodeAnalysis;

namespace Telephony.Functions.Http;

/// <summary>What was read from a request, or why it cannot be taken.</summary>
readonly struct Checked<T>
{
    readonly T? value;
    readonly Problem? problem;

    Checked(T? value, Problem? problem) => (this.value, this.problem) = (value, problem);

    public static implicit operator Checked<T>(T value) => new(value, null);

    public static implicit operator Checked<T>(Problem problem) => new(default, problem);

    /// <summary>True with the problem to answer, false with the value to go on with.</summary>
    public bool Refused([NotNullWhen(true)] out Problem? refusal, [MaybeNullWhen(true)] out T accepted)
    {
        (refusal, accepted) = (problem, value!);
        return problem is not null;
    }
}
