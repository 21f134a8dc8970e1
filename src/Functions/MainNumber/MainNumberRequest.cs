using System.Diagnostics;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Operations;

namespace Telephony.Functions.MainNumber;

/// <summary>A request that a number become an account's main number, as its operation keeps it.</summary>
static class MainNumberRequest
{
    public static string Arguments(E164 number) => OperationIds.Hash(number.ToString());

    public static BeginMain Command(Operation operation, DateTimeOffset now) => operation.Number is { } number
        ? new(operation.Recipient(), number, operation.Order(now))
        : throw new UnreachableException($"{operation.Id} is no request for a main number.");
}
