namespace Telephony.Functions.Messaging;

/// <summary>What the app sends to and receives from on Service Bus.</summary>
public static class EntityNames
{
    /// <summary>The queue of commands to the app.</summary>
    public const string Commands = "telephony-activations";

    /// <summary>The topic of all that happened to numbers.</summary>
    public const string Events = "telephony-events";
}
