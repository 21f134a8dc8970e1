using Telephony.Functions.Http;

namespace Telephony.Functions.Operations;

/// <summary>Why something is done, as its caller says it: one line, kept with the operation.</summary>
static class Reasons
{
    public static Checked<string> Read(string text)
    {
        var errors = new BodyErrors();
        var reason = errors.Line("reason", text, NumberChange.NoteMax);
        return errors.Problem is { } problem ? problem : reason;
    }

    /// <summary>What may be left out.</summary>
    public static Checked<Noted> Note(string? text)
    {
        if (text is null)
            return new Noted(null);
        var errors = new BodyErrors();
        var note = errors.Line("note", text, NumberChange.NoteMax);
        return errors.Problem is { } problem ? problem : new Noted(note);
    }
}

/// <summary>What a caller said, if anything.</summary>
sealed record Noted(string? Text);
