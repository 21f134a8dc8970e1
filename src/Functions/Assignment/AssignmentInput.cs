using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Lines;
using Telephony.Domain.Numbers;
using Telephony.Domain.Places;
using Telephony.Functions.Http;
using Telephony.Functions.Places;

namespace Telephony.Functions.Assignment;

/// <summary>What requests say of assignments.</summary>
static class AssignmentInput
{
    /// <summary>Characters of an address in its longest spelling, and room to be told what is wrong.</summary>
    public const int MacMax = 40;

    /// <param name="number">Which number.</param>
    /// <param name="user">Who gets it.</param>
    /// <param name="handset">Where it rings.</param>
    /// <param name="space">Where it belongs.</param>
    /// <param name="errors">Gets an error for each field that is wrong.</param>
    /// <param name="prefix">Where in the body they stand.</param>
    public static LineWish Wish(
        E164 number, Id<User>? user, string? handset, Id<Space>? space, BodyErrors errors, string prefix)
    {
        MacAddress? mac = null;
        if (handset is not null)
        {
            if (PlaceInput.ReadMac(handset, out var address) is { } wrong)
                errors.Add(wrong with { Field = prefix + "handset" });
            else
                mac = address;
        }

        return new(number, user, mac, space);
    }
}
