using System.Collections.Immutable;
using Telephony.Domain.Tasks;

namespace Telephony.Functions.Tasks;

/// <summary>What the platform is asked for, and what came of it, as people see it.</summary>
/// <param name="Id">Its id, unique within the site.</param>
/// <param name="Kind">What is to be done.</param>
/// <param name="State">Whether it was done or refused.</param>
/// <param name="Site">Where.</param>
/// <param name="Account">For whom.</param>
/// <param name="Text">What was asked for.</param>
/// <param name="Numbers">Which numbers it is about, in E.164; empty when the text says all.</param>
/// <param name="Reason">Why it was refused, or what there is to say about how it was done.</param>
/// <param name="OpenedBy">The user's id; system for what the app cannot do without it.</param>
/// <param name="OpenedAt">When.</param>
/// <param name="AnsweredBy">Who did or refused it.</param>
/// <param name="AnsweredAt">When.</param>
sealed record TaskView(
    string Id,
    TaskKind Kind,
    TaskState State,
    string Site,
    string Account,
    string Text,
    ImmutableArray<string> Numbers,
    string? Reason,
    string OpenedBy,
    DateTimeOffset OpenedAt,
    string? AnsweredBy,
    DateTimeOffset? AnsweredAt)
{
    public static TaskView Of(PlatformTask task) => new(
        task.Id.Hash,
        task.Kind,
        task.State,
        task.Id.Site.Value,
        task.Account.Value,
        task.Text,
        [.. task.Numbers.Select(number => number.ToString())],
        task.Reason,
        task.Opened.User,
        task.Opened.At,
        task.Answered?.User,
        task.Answered?.At);
}
