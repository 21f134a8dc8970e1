namespace Telephony.Domain.Directory;

/// <summary>A company that runs sites. Its id is unique everywhere.</summary>
/// <param name="Id">Unique everywhere.</param>
/// <param name="Name">As people call it.</param>
public sealed record Operator(Id<Operator> Id, string Name);
