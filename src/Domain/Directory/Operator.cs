namespace Telephony.Domain.Directory;

/// <summary>A company that runs sites. Its id is unique everywhere.</summary>
public sealed record Operator(Id<Operator> Id, string Name);
