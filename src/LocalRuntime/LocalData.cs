namespace Telephony.LocalRuntime;

/// <summary>The git-ignored folder that holds what outlives a run.</summary>
static class LocalData
{
    public static string Directory(string root) => Path.Combine(root, ".local");
}
