namespace Telephony.Functions.Storage;

/// <summary>The app's tables; each is an <see cref="ITable"/> by this key in the services.</summary>
public static class TableNames
{
    /// <summary>A partition for each site.</summary>
    public const string Sites = "sites";

    /// <summary>A partition for each operator.</summary>
    public const string Directory = "directory";

    /// <summary>A partition for each block of a site.</summary>
    public const string History = "history";

    public static readonly IReadOnlyList<string> All = [Sites, Directory, History];
}
