namespace Telephony.Testing;

/// <summary>The checkout that the tests run in.</summary>
public static class Repository
{
    /// <summary>The directory with the solution.</summary>
    public static string Root { get; } = FindRoot();

    static string FindRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Telephony.sln")))
                return at.FullName;
        }

        throw new InvalidOperationException("The tests do not run below the repository.");
    }
}
